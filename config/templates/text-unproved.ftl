<#include "opening.ftl">

<#include "reason.ftl">
<#include "report.ftl">
