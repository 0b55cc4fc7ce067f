${subject}
${headline}
<#include "advice.ftl">
Tried since: ${since}
First lost: ${event}
