<#include "opening.ftl">

<#include "report.ftl">
