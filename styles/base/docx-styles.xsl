<?xml version="1.0" encoding="UTF-8"?>
<!-- word/styles.xml: every style of the document, its fonts, sizes and colours taken from the
     theme (17.7). Sizes in a theme are points; Word wants half-points for fonts, twentieths for
     distances and eighths for borders. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m th">
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:variable name="form" select="/m:form"/>
  <xsl:variable name="theme" select="/m:form/th:theme"/>
  <xsl:variable name="font" select="$theme/th:font/@office"/>
  <xsl:variable name="size" select="$theme/th:office"/>
  <xsl:variable name="colour" select="$theme/th:colour"/>
  <xsl:variable name="page" select="$theme/th:page"/>
  <xsl:variable name="width" select="round(($page/@width - $page/@left - $page/@right) * 20)"/>

  <!-- Distances are what they are beside type of 12 points, and grow with it. -->
  <xsl:variable name="unit" select="$size/@body div 12"/>

  <xsl:template match="/">
    <w:styles>
      <w:docDefaults>
        <w:rPrDefault>
          <w:rPr>
            <w:rFonts w:ascii="{$font}" w:eastAsia="{$font}" w:hAnsi="{$font}" w:cs="{$font}"/>
            <w:color w:val="{$colour/@text}"/>
            <w:sz w:val="{$size/@body * 2}"/>
            <w:szCs w:val="{$size/@body * 2}"/>
            <w:lang w:val="{$form/@lang}" w:eastAsia="{$form/@lang}" w:bidi="{$form/@lang}"/>
          </w:rPr>
        </w:rPrDefault>
        <w:pPrDefault>
          <w:pPr>
            <xsl:if test="$form/@dir = 'rtl'"><w:bidi/></xsl:if>
            <w:spacing w:after="{round(120 * $unit)}" w:line="264" w:lineRule="auto"/>
          </w:pPr>
        </w:pPrDefault>
      </w:docDefaults>
      <!-- Of Word's own styles the gallery shows those that this document has. -->
      <w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"
        w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>

      <w:style w:type="paragraph" w:default="1" w:styleId="Normal">
        <w:name w:val="Normal"/><w:uiPriority w:val="1"/><w:qFormat/>
      </w:style>
      <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
        <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
      </w:style>
      <w:style w:type="table" w:default="1" w:styleId="TableNormal">
        <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
        <w:tblPr>
          <w:tblInd w:w="0" w:type="dxa"/>
          <w:tblCellMar>
            <w:top w:w="0" w:type="dxa"/><w:left w:w="{round(108 * $unit)}" w:type="dxa"/>
            <w:bottom w:w="0" w:type="dxa"/><w:right w:w="{round(108 * $unit)}" w:type="dxa"/>
          </w:tblCellMar>
        </w:tblPr>
      </w:style>
      <w:style w:type="numbering" w:default="1" w:styleId="NoList">
        <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
      </w:style>

      <!-- titles and headings -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Organisation">
        <w:name w:val="Form Organisation"/><w:basedOn w:val="Normal"/><w:next w:val="Title"/>
        <w:uiPriority w:val="9"/><w:qFormat/>
        <w:pPr>
          <w:keepNext/>
          <w:tabs><w:tab w:val="right" w:pos="{$width}"/></w:tabs>
          <w:spacing w:before="0" w:after="{round(200 * $unit)}" w:line="240" w:lineRule="auto"/>
          <!-- the name in the middle of the logo's height -->
          <w:textAlignment w:val="center"/>
        </w:pPr>
        <w:rPr><w:b/><w:bCs/><w:sz w:val="{$size/@h2 * 2}"/><w:szCs w:val="{$size/@h2 * 2}"/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Logo">
        <w:name w:val="Form Logo"/><w:basedOn w:val="Organisation"/><w:next w:val="Organisation"/>
        <w:uiPriority w:val="9"/><w:qFormat/>
        <w:pPr><w:jc w:val="right"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="Title">
        <w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Subtitle"/>
        <w:uiPriority w:val="10"/><w:qFormat/>
        <w:pPr>
          <w:keepNext/>
          <w:spacing w:before="0" w:after="{round(80 * $unit)}" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:b/><w:bCs/><w:color w:val="{$colour/@accent}"/>
          <w:sz w:val="{$size/@title * 2}"/><w:szCs w:val="{$size/@title * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="Subtitle">
        <w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
        <w:uiPriority w:val="11"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{round(8 * $unit)}" w:color="{$colour/@accent}"/></w:pBdr>
          <w:spacing w:before="0" w:after="{round(240 * $unit)}"/>
        </w:pPr>
        <w:rPr><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="1"/>
        <xsl:with-param name="points" select="$size/@h1"/>
        <xsl:with-param name="before" select="$unit * 400"/>
        <xsl:with-param name="after" select="$unit * 120"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="2"/>
        <xsl:with-param name="points" select="$size/@h2"/>
        <xsl:with-param name="before" select="$unit * 240"/>
        <xsl:with-param name="after" select="$unit * 80"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="3"/>
        <xsl:with-param name="points" select="$size/@h3"/>
        <xsl:with-param name="before" select="$unit * 240"/>
        <xsl:with-param name="after" select="$unit * 60"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="4"/>
        <xsl:with-param name="points" select="$size/@body"/>
        <xsl:with-param name="before" select="$unit * 200"/>
        <xsl:with-param name="after" select="$unit * 60"/>
      </xsl:call-template>

      <!-- words of the form -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Help">
        <w:name w:val="Form Help"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
        <w:uiPriority w:val="20"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="{round(240 * $unit)}"/></w:pPr>
        <w:rPr><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Note">
        <w:name w:val="Form Note"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="20"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(60 * $unit)}" w:after="{round(120 * $unit)}"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Guidance">
        <w:name w:val="Form Guidance"/><w:basedOn w:val="Note"/><w:uiPriority w:val="20"/><w:qFormat/>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Instruction">
        <w:name w:val="Form Instruction"/><w:basedOn w:val="Note"/><w:uiPriority w:val="20"/><w:qFormat/>
        <w:pPr>
          <!-- a bar where lines begin; borders are named by the page, indents by the text -->
          <w:pBdr>
            <xsl:choose>
              <xsl:when test="$form/@dir = 'rtl'">
                <w:right w:val="single" w:sz="24" w:space="{round(8 * $unit)}" w:color="{$colour/@accent}"/>
              </xsl:when>
              <xsl:otherwise>
                <w:left w:val="single" w:sz="24" w:space="{round(8 * $unit)}" w:color="{$colour/@accent}"/>
              </xsl:otherwise>
            </xsl:choose>
          </w:pBdr>
          <w:spacing w:before="{round(120 * $unit)}" w:after="{round(160 * $unit)}"/>
          <w:ind w:left="{round(220 * $unit)}"/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Hint">
        <w:name w:val="Form Hint"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="21"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="{round(100 * $unit)}"/></w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="ListBullet">
        <w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="12"/><w:qFormat/>
        <w:pPr>
          <w:numPr><w:numId w:val="1"/></w:numPr>
          <w:spacing w:before="0" w:after="{round(120 * $unit)}"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Prompt">
        <w:name w:val="Form Prompt"/><w:basedOn w:val="Hint"/><w:uiPriority w:val="21"/><w:qFormat/>
        <w:pPr>
          <w:numPr><w:numId w:val="2"/></w:numPr>
          <w:spacing w:before="0" w:after="{round(120 * $unit)}" w:line="252" w:lineRule="auto"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>

      <!-- tables of questions -->
      <w:style w:type="table" w:customStyle="1" w:styleId="FormTable">
        <w:name w:val="Form Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="30"/><w:qFormat/>
        <w:tblPr>
          <w:tblBorders>
            <xsl:call-template name="box">
              <xsl:with-param name="inside" select="true()"/>
            </xsl:call-template>
          </w:tblBorders>
          <w:tblCellMar>
            <w:top w:w="{round(50 * $unit)}" w:type="dxa"/><w:left w:w="{round(110 * $unit)}" w:type="dxa"/>
            <w:bottom w:w="{round(50 * $unit)}" w:type="dxa"/><w:right w:w="{round(110 * $unit)}" w:type="dxa"/>
          </w:tblCellMar>
        </w:tblPr>
      </w:style>
      <!-- the box across the page for one answer -->
      <w:style w:type="table" w:customStyle="1" w:styleId="AnswerTable">
        <w:name w:val="Form Answer Table"/><w:basedOn w:val="FormTable"/><w:uiPriority w:val="30"/><w:qFormat/>
        <w:tblPr>
          <w:tblBorders>
            <xsl:call-template name="box"><xsl:with-param name="colour" select="$colour/@field"/></xsl:call-template>
          </w:tblBorders>
        </w:tblPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHead">
        <w:name w:val="Form Table Head"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr><w:keepNext/><w:spacing w:before="{round(20 * $unit)}" w:after="{round(20 * $unit)}" w:line="252" w:lineRule="auto"/></w:pPr>
        <w:rPr><w:b/><w:bCs/><w:color w:val="{$colour/@accent}"/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHeadHint">
        <w:name w:val="Form Table Head Hint"/><w:basedOn w:val="Hint"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr><w:keepNext/><w:spacing w:before="0" w:after="{round(20 * $unit)}"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabel">
        <w:name w:val="Form Table Label"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(20 * $unit)}" w:after="{round(20 * $unit)}" w:line="252" w:lineRule="auto"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHint">
        <w:name w:val="Form Table Hint"/><w:basedOn w:val="Hint"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="{round(20 * $unit)}"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableAnswer">
        <w:name w:val="Form Table Answer"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(20 * $unit)}" w:after="{round(20 * $unit)}"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="DetailsLabel">
        <w:name w:val="Form Details Label"/><w:basedOn w:val="TableLabel"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="RowLabel">
        <w:name w:val="Form Row Label"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr><w:keepNext/><w:spacing w:before="{round(200 * $unit)}" w:after="{round(60 * $unit)}"/></w:pPr>
        <w:rPr><w:b/><w:bCs/><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>

      <!-- the label of a question across the width of a table, drawn as its continuation. Borders
           stand outside the text by their space, hence the indents. The lines above and below have
           the colour of the shade: they are there for the padding. -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideLabel">
        <w:name w:val="Form Wide Label"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:pPr>
          <w:keepNext/>
          <w:pBdr>
            <w:top w:val="single" w:sz="4" w:space="{round(3 * $unit)}" w:color="{$colour/@shade}"/>
            <w:left w:val="single" w:sz="4" w:space="{round(5 * $unit)}" w:color="{$colour/@rule}"/>
            <w:bottom w:val="single" w:sz="4" w:space="{round(2 * $unit)}" w:color="{$colour/@shade}"/>
            <w:right w:val="single" w:sz="4" w:space="{round(5 * $unit)}" w:color="{$colour/@rule}"/>
          </w:pBdr>
          <w:shd w:val="clear" w:color="auto" w:fill="{$colour/@shade}"/>
          <w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/>
          <w:ind w:left="{round(110 * $unit)}" w:right="{round(110 * $unit)}"/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideHint">
        <w:name w:val="Form Wide Hint"/><w:basedOn w:val="WideLabel"/><w:uiPriority w:val="31"/><w:qFormat/>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideAnswer">
        <w:name w:val="Form Wide Answer"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><xsl:call-template name="box"><xsl:with-param name="space" select="round(5 * $unit)"/></xsl:call-template></w:pBdr>
          <w:spacing w:before="0" w:after="{round(160 * $unit)}"/>
          <w:ind w:left="{round(110 * $unit)}" w:right="{round(110 * $unit)}"/>
        </w:pPr>
      </w:style>

      <!-- the box of one line under a question that stands alone -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="AnswerBox">
        <w:name w:val="Form Answer Box"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr>
          <w:pBdr>
            <xsl:call-template name="box">
              <xsl:with-param name="space" select="round(5 * $unit)"/>
              <xsl:with-param name="colour" select="$colour/@field"/>
            </xsl:call-template>
          </w:pBdr>
          <w:spacing w:before="{round(120 * $unit)}" w:after="{round(200 * $unit)}"/>
          <w:ind w:left="{round(110 * $unit)}" w:right="{round(110 * $unit)}"/>
        </w:pPr>
      </w:style>

      <!-- a choice of several: its check box hangs before its words -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Choice">
        <w:name w:val="Form Choice"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr>
          <w:tabs><w:tab w:val="left" w:pos="{round(420 * $unit)}"/></w:tabs>
          <w:spacing w:before="0" w:after="{round(200 * $unit)}"/>
          <w:ind w:left="{round(420 * $unit)}" w:hanging="{round(420 * $unit)}"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableChoice">
        <w:name w:val="Form Table Choice"/><w:basedOn w:val="Choice"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(20 * $unit)}" w:after="{round(20 * $unit)}" w:line="252" w:lineRule="auto"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideChoice">
        <w:name w:val="Form Wide Choice"/><w:basedOn w:val="WideAnswer"/><w:uiPriority w:val="32"/><w:qFormat/>
        <w:pPr>
          <w:tabs><w:tab w:val="left" w:pos="{round(530 * $unit)}"/></w:tabs>
          <w:ind w:left="{round(530 * $unit)}" w:right="{round(110 * $unit)}" w:hanging="{round(420 * $unit)}"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Notice">
        <w:name w:val="Form Notice"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="33"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(60 * $unit)}" w:after="{round(60 * $unit)}"/></w:pPr>
        <w:rPr><w:b/><w:bCs/></w:rPr>
      </w:style>

      <!-- signatures: label, tab, answer on a ruled line; above that of the mark is room for a pen -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureLine">
        <w:name w:val="Form Signature Line"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="33"/><w:qFormat/>
        <w:pPr>
          <w:pBdr>
            <w:bottom w:val="single" w:sz="4" w:space="{round(2 * $unit)}" w:color="{$colour/@field}"/>
            <w:between w:val="single" w:sz="4" w:space="2" w:color="{$colour/@field}"/>
          </w:pBdr>
          <w:tabs><w:tab w:val="left" w:pos="{round(2600 * $unit)}"/></w:tabs>
          <w:spacing w:before="{round(100 * $unit)}" w:after="0"/>
          <w:ind w:left="{round(2600 * $unit)}" w:hanging="{round(2600 * $unit)}"/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureMark">
        <w:name w:val="Form Signature Mark"/><w:basedOn w:val="SignatureLine"/><w:uiPriority w:val="33"/><w:qFormat/>
        <w:pPr><w:spacing w:before="{round(520 * $unit)}" w:after="0"/></w:pPr>
      </w:style>

      <!-- answers of a record -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Said">
        <w:name w:val="Record Answer"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="34"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="{round(160 * $unit)}"/></w:pPr>
      </w:style>
      <w:style w:type="character" w:customStyle="1" w:styleId="Unsaid">
        <w:name w:val="Record No Answer"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="34"/><w:qFormat/>
        <w:rPr><w:i/><w:iCs/><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>

      <!-- the edges of the page -->
      <w:style w:type="paragraph" w:styleId="Header">
        <w:name w:val="header"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="40"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{$colour/@rule}"/></w:pBdr>
          <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@small * 2}"/><w:szCs w:val="{$size/@small * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="HeaderEnd">
        <w:name w:val="Form Header End"/><w:basedOn w:val="Header"/><w:uiPriority w:val="40"/><w:qFormat/>
        <w:pPr><w:jc w:val="right"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="Footer">
        <w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="40"/><w:qFormat/>
        <w:pPr>
          <w:tabs><w:tab w:val="right" w:pos="{$width}"/></w:tabs>
          <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@small * 2}"/><w:szCs w:val="{$size/@small * 2}"/>
        </w:rPr>
      </w:style>

      <w:style w:type="character" w:styleId="Hyperlink">
        <w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>
        <w:rPr><w:color w:val="{$colour/@accent}"/><w:u w:val="single"/></w:rPr>
      </w:style>

      <w:style w:type="character" w:styleId="PlaceholderText">
        <w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/>
        <!-- 7:1 on white: Word's own grey is too faint for WCAG 1.4.3 -->
        <w:rPr><w:color w:val="595959"/></w:rPr>
      </w:style>
    </w:styles>
  </xsl:template>

  <xsl:template name="heading-style">
    <xsl:param name="level"/>
    <xsl:param name="points"/>
    <xsl:param name="before"/>
    <xsl:param name="after"/>
    <w:style w:type="paragraph" w:styleId="Heading{$level}">
      <w:name w:val="heading {$level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:uiPriority w:val="9"/><w:qFormat/>
      <w:pPr>
        <w:keepNext/><w:keepLines/>
        <w:spacing w:before="{round($before)}" w:after="{round($after)}" w:line="240" w:lineRule="auto"/>
        <w:outlineLvl w:val="{$level - 1}"/>
      </w:pPr>
      <w:rPr>
        <w:b/><w:bCs/><w:color w:val="{$colour/@accent}"/>
        <w:sz w:val="{$points * 2}"/><w:szCs w:val="{$points * 2}"/>
      </w:rPr>
    </w:style>
  </xsl:template>

  <!-- Four borders, for a table also those inside, in the order of the schema. -->
  <xsl:template name="box">
    <xsl:param name="space" select="0"/>
    <xsl:param name="inside" select="false()"/>
    <xsl:param name="colour" select="$colour/@rule"/>
    <w:top w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour}"/>
    <w:left w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour}"/>
    <w:bottom w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour}"/>
    <w:right w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour}"/>
    <xsl:if test="$inside">
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{$colour}"/>
      <w:insideV w:val="single" w:sz="4" w:space="0" w:color="{$colour}"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
