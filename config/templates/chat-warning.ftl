${subject}
<#list warnings.texts[0..*10] as text>
- ${text?truncate(200, "…")}
</#list>
<#if warnings.count gt 10>
and ${warnings.count - 10} more
</#if>
<#include "brief.ftl">
