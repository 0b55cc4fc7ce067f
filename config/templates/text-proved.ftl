<#include "opening.ftl">

<#include "report.ftl">
<#include "warnings.ftl">
