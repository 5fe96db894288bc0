<?xml version="1.0" encoding="UTF-8"?>
<!-- word/footer1.xml and footer2.xml (the first page's): which form and plan this is, and page
     x of y by the fields PAGE and NUMPAGES (17.16.5). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:fx="urn:formc:program:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m fx">
  <xsl:include href="formc:docx-words.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:template match="/m:form">
    <w:ftr>
      <w:p>
        <w:pPr><w:pStyle w:val="Footer"/></w:pPr>
        <w:r>
          <w:t xml:space="preserve"><xsl:value-of select="concat(@id, ' ', @version)"/><fx:when plan="yes"><xsl:value-of select="concat(' · ', $word-plan)"/><fx:value as="plan-id"/></fx:when></w:t>
        </w:r>
        <w:r><w:tab/></w:r>
        <w:r><w:t xml:space="preserve"><xsl:value-of select="$word-page"/></w:t></w:r>
        <w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>
        <w:r><w:t xml:space="preserve"><xsl:value-of select="$word-of"/></w:t></w:r>
        <w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>
      </w:p>
    </w:ftr>
  </xsl:template>
</xsl:stylesheet>
