<#-- Why, and what to do about it. -->
<#if error??>
${error.message}

</#if>
<#include "advice.ftl">
