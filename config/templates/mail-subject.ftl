<#-- One line; longer ones are cut. The facts that may be used: docs/reference/event.md, "Mail templates". -->
<#switch state>
<#case "completed">
[completed] ${site}: ${size!"done"}<#if duration??> in ${duration}</#if>
<#break>
<#case "warning">
[warning] ${site}: ${warnings.count} warning<#if warnings.count != 1>s</#if>
<#break>
<#case "failed">
[failed] ${site}<#if error??>: ${error.message}</#if>
<#break>
<#default>
[${state}] ${site}
</#switch>
