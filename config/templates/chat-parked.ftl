${subject}
${headline}
<#include "advice.ftl">
<#include "parked-rows.ftl">
<#include "lines.ftl">
