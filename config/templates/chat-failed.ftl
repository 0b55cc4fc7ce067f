${subject}
<#if error?? && !subject?contains(error.message)>
${error.message}
</#if>
<#include "advice.ftl">
<#include "brief.ftl">
