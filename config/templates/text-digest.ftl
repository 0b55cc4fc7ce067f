<#include "opening.ftl">
<#if common??>

Most common reason: ${common}
</#if>

From ${from}
to   ${until}
<#include "entries.ftl">
