<?xml version="1.0" encoding="UTF-8"?>
<!-- word/footer1.xml and footer2.xml (the first page's): which form and plan this is, and page
     x of y by the fields PAGE and NUMPAGES (17.16.5). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m th fx">
  <xsl:include href="formc:docx-text.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:template match="/m:form">
    <w:ftr>
      <w:p>
        <w:pPr><w:pStyle w:val="Footer"/></w:pPr>
        <w:r>
          <xsl:call-template name="language"/>
          <w:t xml:space="preserve"><xsl:value-of select="concat(@id, ' ', @version)"/><fx:when plan="yes"> · <xsl:call-template name="say"><xsl:with-param name="id" select="'plan'"/></xsl:call-template></fx:when></w:t>
        </w:r>
        <w:r><w:tab/></w:r>
        <xsl:call-template name="page-words">
          <xsl:with-param name="words" select="string(key('words', 'page'))"/>
        </xsl:call-template>
      </w:p>
      <xsl:for-each select="th:theme/th:footer/@text">
        <w:p>
          <w:pPr><w:pStyle w:val="Footer"/></w:pPr>
          <w:r>
            <xsl:call-template name="language"/>
            <w:t><xsl:value-of select="."/></w:t>
          </w:r>
        </w:p>
      </xsl:for-each>
    </w:ftr>
  </xsl:template>

  <!-- "Page {page} of {pages}", in the order of the language. -->
  <xsl:template name="page-words">
    <xsl:param name="words"/>
    <xsl:variable name="place" select="substring-before(substring-after($words, '{'), '}')"/>
    <xsl:variable name="before">
      <xsl:choose>
        <xsl:when test="$place != ''"><xsl:value-of select="substring-before($words, '{')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$before != ''">
      <w:r>
        <xsl:call-template name="language"/>
        <w:t xml:space="preserve"><xsl:value-of select="$before"/></w:t>
      </w:r>
    </xsl:if>
    <xsl:if test="$place != ''">
      <w:fldSimple>
        <xsl:attribute name="w:instr">
          <xsl:choose>
            <xsl:when test="$place = 'page'"> PAGE </xsl:when>
            <xsl:otherwise> NUMPAGES </xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <w:r><w:t>1</w:t></w:r>
      </w:fldSimple>
      <xsl:call-template name="page-words">
        <xsl:with-param name="words" select="substring-after(substring-after($words, '{'), '}')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
