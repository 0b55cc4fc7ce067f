<#-- The facts of one event, and what came before it. -->
<#include "rows.ftl">
<#include "table.ftl">
<#include "history.ftl">
