<#-- The warnings; a mail has the first 50. -->
<#if warnings.count gt 0>

Warnings (${warnings.count}):
<#list warnings.texts as text>
  - ${text}
</#list>
<#if warnings.more gt 0>
  and ${warnings.more} more
</#if>
</#if>
