<#include "opening.ftl">

<#include "reason.ftl">
<#include "parked-rows.ftl">
<#include "table.ftl">
