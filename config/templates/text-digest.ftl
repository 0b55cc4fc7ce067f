<#include "opening.ftl">
<#if common??>

Most of them: ${common}
</#if>

From ${from}
to   ${until}
<#include "entries.ftl">
