[recovered] ${site}: good again<#if gap??> after ${gap}</#if>
