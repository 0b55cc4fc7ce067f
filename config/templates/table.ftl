<#-- A line for each of the rows. -->
<#list rows as row>
<#if row[1]?has_content>
${(row[0] + ":")?right_pad(13)}${row[1]}
</#if>
</#list>
