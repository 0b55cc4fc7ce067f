<#include "opening.ftl">

<#include "warnings.ftl">

<#include "report.ftl">
