<#-- Why, and what to do about it. -->
<#if error??>
${error.message}

</#if>
<#if reason??>
${reason}

</#if>
<#include "advice.ftl">
