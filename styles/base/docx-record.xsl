<?xml version="1.0" encoding="UTF-8"?>
<!-- word/document.xml of the finished record: the same form as a document to read and keep. Answers
     are text, what was not answered says so and why, and what only helps with filling in is left
     out. It says what the record as a PDF says (pdf-record.xsl). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:fx="urn:formc:program:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
    xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"
    exclude-result-prefixes="m fx">
  <xsl:import href="formc:docx-document.xsl"/>

  <!-- Help for filling in goes. What says what the document is and rests on stays. -->
  <xsl:variable name="help" select="false()"/>
  <xsl:template name="help"/>
  <xsl:template name="who"/>
  <xsl:template name="hint-text"/>
  <xsl:template match="m:prompts | m:note[@kind = 'help' or @kind = 'instruction']"/>

  <xsl:template name="status">
    <w:r>
      <xsl:call-template name="language"/>
      <w:t xml:space="preserve"><xsl:value-of select="concat(' · ', key('words', 'record'))"/></w:t>
    </w:r>
    <xsl:if test="m:stages/m:stage">
      <w:r>
        <xsl:call-template name="language"/>
        <w:t xml:space="preserve"> · <xsl:call-template name="say"><xsl:with-param name="id" select="'stage'"/></xsl:call-template></w:t>
      </w:r>
    </xsl:if>
  </xsl:template>

  <!-- A repeat of which nothing was filled in is one line. -->
  <xsl:template match="m:repeat" priority="5">
    <fx:when rows="{@path}"><xsl:apply-imports/></fx:when>
    <fx:when no-rows="{@path}">
      <xsl:call-template name="repeat-heading"/>
      <w:p>
        <w:pPr><w:pStyle w:val="Said"/></w:pPr>
        <xsl:call-template name="unsaid"><xsl:with-param name="id" select="'no-answer'"/></xsl:call-template>
      </w:p>
    </fx:when>
  </xsl:template>

  <!-- A row is as high as what it says. -->
  <xsl:template name="row-properties">
    <w:trPr><w:cantSplit/></w:trPr>
  </xsl:template>

  <!-- The style of an answer: that of a cell, or that of the page, where a form has a box. -->
  <xsl:template name="answer-paragraph">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:call-template name="control-paragraph">
      <xsl:with-param name="style">
        <xsl:choose>
          <xsl:when test="$style = 'TableAnswer' or $style = 'WideAnswer'"><xsl:value-of select="$style"/></xsl:when>
          <xsl:otherwise>Said</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="keep" select="$keep"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Several choices in a signature: their words, one a line. -->
  <xsl:template name="boxes">
    <xsl:call-template name="control-paragraph">
      <xsl:with-param name="style" select="'Said'"/>
      <xsl:with-param name="keep" select="boolean(parent::m:signature/m:field)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What is said where a form has a control. -->
  <xsl:template name="control">
    <xsl:variable name="path" select="@path"/>
    <fx:when answered="{$path}"><xsl:call-template name="answer-run"/></fx:when>
    <fx:when untouched="{$path}">
      <xsl:call-template name="unsaid"><xsl:with-param name="id" select="'no-answer'"/></xsl:call-template>
    </fx:when>
    <xsl:for-each select="$words[starts-with(@id, 'why-')]">
      <fx:when field="{$path}" reason="{substring-after(@id, 'why-')}">
        <xsl:call-template name="unsaid"><xsl:with-param name="id" select="@id"/></xsl:call-template>
      </fx:when>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="unsaid">
    <xsl:param name="id"/>
    <xsl:call-template name="words-run">
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="style" select="'Unsaid'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The other side of a conflict. -->
  <xsl:template name="conflict">
    <fx:when conflict="{@path}">
      <xsl:call-template name="words-line">
        <xsl:with-param name="style" select="'Notice'"/>
        <xsl:with-param name="id" select="'other-answer'"/>
        <xsl:with-param name="keep" select="true()"/>
      </xsl:call-template>
      <w:p>
        <w:pPr>
          <w:pStyle w:val="Said"/>
          <xsl:choose>
            <xsl:when test="$form/@dir = 'rtl'"><fx:when visible-ltr="{@path}"><w:bidi w:val="0"/><w:jc w:val="right"/></fx:when></xsl:when>
            <xsl:otherwise><fx:when visible-rtl="{@path}"><w:bidi/></fx:when></xsl:otherwise>
          </xsl:choose>
        </w:pPr>
        <w:r>
          <fx:when visible-rtl="{@path}"><w:rPr><w:rtl/></w:rPr></fx:when>
          <fx:lines field="{@path}" of="visible" tabs="yes">
            <fx:when line="later"><w:br/></fx:when>
            <fx:when line="tab"><w:tab/></fx:when>
            <w:t xml:space="preserve"><fx:value as="line"/></w:t>
          </fx:lines>
        </w:r>
        <fx:when conflict-blank="{@path}">
          <xsl:call-template name="unsaid"><xsl:with-param name="id" select="'no-answer'"/></xsl:call-template>
        </fx:when>
      </w:p>
    </fx:when>
  </xsl:template>
</xsl:stylesheet>
