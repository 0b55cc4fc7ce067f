${subject}
<#include "brief.ftl">
