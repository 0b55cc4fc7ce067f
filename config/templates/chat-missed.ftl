${subject}
<#include "advice.ftl">
<#include "brief.ftl">
