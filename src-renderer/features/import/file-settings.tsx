import { Input, Select, Switch } from 'antd'
import { moneyUnits, type MoneyUnit } from '../../../src-shared/catalogue/money.ts'
import { currencyTable } from '../../../src-shared/catalogue/schema.ts'
import { delimiters, encodings, type ImportProfile } from '../../../src-shared/import/profile.ts'
import { useDesk } from '../../app/contexts.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { columnName } from './profile-edit.ts'
import type { ChosenTable } from './import-state.ts'

export interface MappingProps {
  readonly table: ChosenTable
  readonly profile: ImportProfile
  onChange(profile: ImportProfile): void
}

/** What holds for the whole file: where it comes from, how it is written, whose rows they are. */
export function FileSettings({ table, profile, onChange }: MappingProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const columns = useColumnOptions(table, profile)
  const currencies = catalogue.codeTables.find((one) => one.id === currencyTable)?.items ?? []
  const change = (part: Partial<ImportProfile>) => onChange({ ...profile, ...part })
  const identity = profile.cadre.identityColumn
  return (
    <fieldset className="card import-settings">
      <legend>{text('import.file')}</legend>
      <FormLine id="profile-name" label={text('import.name')} isRequired>
        <Input
          id="profile-name"
          maxLength={100}
          value={profile.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </FormLine>
      <FormLine
        id="profile-source"
        label={text('import.source')}
        isRequired
        hint={text('import.source.hint')}
      >
        <Input
          id="profile-source"
          maxLength={100}
          value={profile.source}
          onChange={(event) => change({ source: event.target.value })}
        />
      </FormLine>
      {table.kind !== 'text' ? null : (
        <>
          <FormLine id="profile-encoding" label={text('import.encoding')}>
            <Select
              id="profile-encoding"
              className="fill"
              value={profile.encoding}
              options={encodings.map((encoding) => ({ value: encoding, label: encoding.toUpperCase() }))}
              onChange={(encoding) => change({ encoding })}
            />
          </FormLine>
          <FormLine id="profile-delimiter" label={text('import.delimiter')}>
            <Select
              id="profile-delimiter"
              className="fill"
              value={profile.delimiter}
              options={delimiters.map((delimiter, index) => ({
                value: delimiter,
                label: text(
                  (['import.comma', 'import.tab', 'import.semicolon', 'import.bar'] as const)[index] ??
                    'import.comma',
                ),
              }))}
              onChange={(delimiter) => change({ delimiter })}
            />
          </FormLine>
        </>
      )}
      <FormLine id="profile-header" label={text('import.header')}>
        <Switch
          id="profile-header"
          checked={profile.header}
          onChange={(header) => {
            const { headerRow: _before, ...rest } = profile
            onChange({
              ...rest,
              header,
              ...(header && table.headerRow !== null ? { headerRow: table.headerRow } : {}),
            })
          }}
        />
      </FormLine>
      <FormLine id="profile-cadre" label={text('import.cadre')} isRequired>
        <Select
          id="profile-cadre"
          className="fill"
          value={profile.cadre.nameColumn}
          options={columns}
          onChange={(nameColumn) => change({ cadre: { ...profile.cadre, nameColumn } })}
        />
      </FormLine>
      <FormLine id="profile-identity" label={text('import.identity')} hint={text('import.identity.hint')}>
        <Select<number>
          id="profile-identity"
          className="fill"
          allowClear
          {...(identity === undefined ? {} : { value: identity })}
          options={columns}
          onChange={(column: number | undefined) => change({ cadre: withIdentity(profile.cadre, column) })}
        />
      </FormLine>
      {(['birthColumn', 'unitColumn'] as const).map((place) => (
        <FormLine
          key={place}
          id={`profile-${place}`}
          label={text(`import.${place}`)}
          hint={text('import.namesake.hint')}
        >
          <Select<number>
            id={`profile-${place}`}
            className="fill"
            allowClear
            {...(profile.cadre[place] === undefined ? {} : { value: profile.cadre[place] })}
            options={columns}
            onChange={(column: number | undefined) => {
              const { [place]: _before, ...rest } = profile.cadre
              change({ cadre: column === undefined ? rest : { ...rest, [place]: column } })
            }}
          />
        </FormLine>
      ))}
      <FormLine id="profile-unit" label={text('import.unit')}>
        <Select<MoneyUnit>
          id="profile-unit"
          className="fill"
          value={profile.money.unit}
          options={moneyUnits.map((unit) => ({ value: unit, label: text(`unit.${unit}`) }))}
          onChange={(unit) => change({ money: { ...profile.money, unit } })}
        />
      </FormLine>
      <FormLine id="profile-currency" label={text('import.currency')}>
        <Select
          id="profile-currency"
          className="fill"
          value={profile.money.currency}
          options={currencies.map((item) => ({ value: item.code, label: `${item.code} ${item.label}` }))}
          onChange={(currency) => change({ money: { ...profile.money, currency } })}
        />
      </FormLine>
      {(['declined', 'none', 'blank'] as const).map((kind) => (
        <FormLine key={kind} id={`profile-${kind}`} label={text(`import.words.${kind}`)}>
          <Select<string[]>
            id={`profile-${kind}`}
            mode="tags"
            className="fill"
            open={false}
            suffixIcon={null}
            value={[...(profile[kind] ?? [])]}
            onChange={(words) => change({ [kind]: words })}
          />
        </FormLine>
      ))}
    </fieldset>
  )
}

function withIdentity(cadre: ImportProfile['cadre'], column: number | undefined): ImportProfile['cadre'] {
  const { identityColumn: _before, ...rest } = cadre
  return column === undefined ? rest : { ...rest, identityColumn: column }
}

export function useColumnOptions(table: ChosenTable, profile: ImportProfile) {
  return Array.from({ length: table.columns }, (_, column) => ({
    value: column,
    label: columnName(table.sample, profile.header, column),
  }))
}
