[report] ${sentence}<#if tags??> (${tags})</#if>
