/** What is wrong with a catalogue, or with a new version of it. */
export const catalogueErrorMessages = {
  'error.catalogue/not-a-successor':
    '这份清单不能接续现行版本，未予提出。现行清单未变，您的修改仍在草稿中。请按提示逐条改正。',
  'error.catalogue/rules-differ':
    '采集清单的内容与签字时列明的规则不一致，不按它办理。档案和以前的清单未变。请核对变更日志，重新提出一版并由两人签字。',
  'error.catalogue/not-waiting': '这份新版清单已不在等待确认。现行清单未变。请刷新后查看最新情况。',
  'error.authority/category-not-granted':
    '该用户未获授权办理这一采集类别，操作不作数。档案未受影响。请由有权限的同事办理，或请安全保密管理员授权。',
  'error.authority/catalogue-version':
    '采集清单的版本对不上，这一步无效。档案和清单未变。请按现行版本重新办理。',
  'error.authority/catalogue-successor':
    '新版采集清单会使已归档的内容失去归处（删除类别、改变分区或降低级别），无效。现行清单未变。请改为停用，再重新提出。',
  'error.authority/catalogue-proposal':
    '这份新版清单不在等待确认，或者不能由您确认：须由另一人确认，两人中须有一名审签人。现行清单未变。请刷新后查看。',
  'error.authority/category-retired':
    '这个采集类别已停用，不能新增条目。已归档的条目仍在，可以更正。请改用现行类别。',
} as const satisfies Record<string, string>
