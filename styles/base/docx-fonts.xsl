<?xml version="1.0" encoding="UTF-8"?>
<!-- word/fontTable.xml: the one font of the theme. Its substitutes are left to the editor. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m th">
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:template match="/m:form">
    <w:fonts>
      <w:font w:name="{th:theme/th:font/@office}">
        <w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>
      </w:font>
    </w:fonts>
  </xsl:template>
</xsl:stylesheet>
