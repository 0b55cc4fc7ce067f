<#include "opening.ftl">

${reason}

<#include "advice.ftl">
<#include "parked-rows.ftl">
<#include "table.ftl">
