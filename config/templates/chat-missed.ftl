${subject}
<#if error??>
${error.message}
</#if>
<#include "advice.ftl">
<#include "brief.ftl">
