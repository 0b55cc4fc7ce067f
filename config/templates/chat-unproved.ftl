${subject}
<#if reason??>
${reason}
</#if>
<#include "advice.ftl">
<#include "brief.ftl">
