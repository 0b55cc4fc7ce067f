<#include "mail-rows.ftl">
${headline}
<#if error??>

${error.message}
<#if error.advice?has_content>

What to do: ${error.advice}
</#if>
</#if>

<#list rows as row>
<#if row[1]?has_content>
${(row[0] + ":")?right_pad(13)}${row[1]}
</#if>
</#list>
<#if warnings.count gt 0>

Warnings (${warnings.count}):
<#list warnings.texts as text>
  - ${text}
</#list>
<#if warnings.more gt 0>
  and ${warnings.more} more
</#if>
</#if>
