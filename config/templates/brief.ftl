<#-- What a chat shows of the facts. -->
<#include "rows.ftl">
<#assign rows = rows?filter(row -> row[2])>
<#include "lines.ftl">
<#if test>
This is a test. No backup has ended like this.
</#if>
