<#include "opening.ftl">

<#include "reason.ftl">
<#include "report.ftl">
<#include "warnings.ftl">
