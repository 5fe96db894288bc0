<?xml version="1.0" encoding="UTF-8"?>
<!-- word/document.xml: the form on paper (ECMA-376 part 1, clause 17).

     The order on the page is that of the definition: label, hint, place for the answer. Every
     answer stands in one run-level content control inside a paragraph, with four identities: the
     tag (path), the title (label), the XPath into the store and a bookmark around the control.
     The named templates at the end draw one thing each; a theme sheet may override them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
    xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"
    exclude-result-prefixes="m th fx">
  <xsl:include href="formc:docx-text.xsl"/>
  <xsl:include href="formc:labels.xsl"/>
  <xsl:include href="formc:links.xsl"/>
  <xsl:include href="formc:who.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:param name="binding" select="'w15'"/>
  <!-- word: Word adds rows to a repeat that is a table -->
  <xsl:param name="repeat" select="'fixed'"/>
  <xsl:param name="store-id" select="'{00000000-0000-0000-0000-000000000000}'"/>

  <xsl:key name="picture" match="/m:form/m:pictures/m:picture" use="@n"/>

  <xsl:variable name="form" select="/m:form"/>
  <xsl:variable name="theme" select="/m:form/th:theme"/>
  <xsl:variable name="page" select="$theme/th:page"/>
  <xsl:variable name="colour" select="$theme/th:colour"/>
  <xsl:variable name="size" select="$theme/th:office"/>
  <!-- width of the text in twips (1/20 pt) -->
  <xsl:variable name="width" select="round(($page/@width - $page/@left - $page/@right) * 20)"/>
  <!-- distances are what they are beside type of 12 points, and grow with it -->
  <xsl:variable name="unit" select="$size/@body div 12"/>
  <!-- about how wide a letter of a label is, and the padding at both sides of a cell, in twips -->
  <xsl:variable name="letter" select="$size/@body * 20 * 0.56"/>
  <xsl:variable name="sides" select="220 * $unit"/>
  <!-- height of one line of an answer in twips: the 1.15 of a sans serif, spaced 1.1 -->
  <xsl:variable name="line" select="round($size/@body * 25.3)"/>

  <!-- Characters that a title needs to say which row it is in, a number of three digits; {label}
       and {row} are twelve characters of the words. -->
  <xsl:variable name="in-row" select="string-length(key('words', 'in-row')) - 12 + 3"/>

  <xsl:template match="/">
    <w:document
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        mc:Ignorable="w14 w15">
      <w:body>
        <xsl:call-template name="letterhead"/>
        <xsl:call-template name="title-block"/>
        <xsl:call-template name="pages"/>
        <w:sectPr>
          <w:headerReference w:type="default" r:id="rIdHeader"/>
          <xsl:if test="$theme/th:header"><w:headerReference w:type="first" r:id="rIdHeaderFirst"/></xsl:if>
          <w:footerReference w:type="default" r:id="rIdFooter"/>
          <w:footerReference w:type="first" r:id="rIdFooterFirst"/>
          <w:pgSz w:w="{round($page/@width * 20)}" w:h="{round($page/@height * 20)}"/>
          <w:pgMar w:top="{round($page/@top * 20)}" w:right="{round($page/@right * 20)}"
            w:bottom="{round($page/@bottom * 20)}" w:left="{round($page/@left * 20)}"
            w:header="{round($page/@top * 9)}" w:footer="{round($page/@bottom * 9)}" w:gutter="0"/>
          <w:titlePg/>
          <xsl:if test="$form/@dir = 'rtl'"><w:bidi/></xsl:if>
        </w:sectPr>
      </w:body>
    </w:document>
  </xsl:template>

  <!-- What stands below the title. -->
  <xsl:template name="pages">
    <xsl:call-template name="introduction"/>
    <xsl:apply-templates select="$purpose"/>
    <xsl:call-template name="who"/>
    <xsl:apply-templates select="$form/m:body/m:*[count(preceding-sibling::m:*) &gt;= count($purpose)]"/>
  </xsl:template>

  <!-- Who completes what, where that is not the same for all of it. -->
  <xsl:template name="who">
    <xsl:if test="count($completed) &gt; 1">
      <w:tbl>
        <xsl:call-template name="table-properties">
          <xsl:with-param name="caption" select="key('words', 'who-completes')"/>
          <xsl:with-param name="description" select="key('words', 'who-part')"/>
          <xsl:with-param name="first-row" select="true()"/>
          <xsl:with-param name="first-column" select="true()"/>
        </xsl:call-template>
        <w:tblGrid><w:gridCol w:w="{round($width * 0.42)}"/><w:gridCol w:w="{$width - round($width * 0.42)}"/></w:tblGrid>
        <w:tr>
          <w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>
          <w:tc>
            <xsl:call-template name="head-cell"><xsl:with-param name="width" select="round($width * 0.42)"/></xsl:call-template>
            <xsl:call-template name="words-line">
              <xsl:with-param name="style" select="'TableHead'"/>
              <xsl:with-param name="id" select="'who-completes'"/>
            </xsl:call-template>
          </w:tc>
          <w:tc>
            <xsl:call-template name="head-cell"><xsl:with-param name="width" select="$width - round($width * 0.42)"/></xsl:call-template>
            <xsl:call-template name="words-line">
              <xsl:with-param name="style" select="'TableHead'"/>
              <xsl:with-param name="id" select="'who-part'"/>
            </xsl:call-template>
          </w:tc>
        </w:tr>
        <xsl:for-each select="$completed">
          <xsl:variable name="more" select="position() != last()"/>
          <w:tr>
            <w:trPr><w:cantSplit/></w:trPr>
            <w:tc>
              <w:tcPr>
                <w:tcW w:w="{round($width * 0.42)}" w:type="dxa"/>
                <w:shd w:val="clear" w:color="auto" w:fill="{$colour/@shade}"/>
              </w:tcPr>
              <xsl:variable name="jointly"><xsl:call-template name="jointly"/></xsl:variable>
              <xsl:if test="$jointly = 'yes'">
                <xsl:call-template name="words-line">
                  <xsl:with-param name="style" select="'TableLabel'"/>
                  <xsl:with-param name="id" select="'who-jointly'"/>
                  <xsl:with-param name="keep" select="$more"/>
                </xsl:call-template>
              </xsl:if>
              <xsl:variable name="owners" select="concat(' ', @owners, ' ')"/>
              <xsl:for-each select="$form/m:parties/m:party[contains($owners, concat(' ', @id, ' '))]">
                <xsl:call-template name="line">
                  <xsl:with-param name="style" select="'TableLabel'"/>
                  <xsl:with-param name="keep" select="$more"/>
                  <xsl:with-param name="text" select="string(.)"/>
                </xsl:call-template>
              </xsl:for-each>
            </w:tc>
            <w:tc>
              <w:tcPr><w:tcW w:w="{$width - round($width * 0.42)}" w:type="dxa"/></w:tcPr>
              <xsl:for-each select="key('completed', concat(@owners, '|', @jointly))">
                <xsl:call-template name="line">
                  <xsl:with-param name="style" select="'TableLabel'"/>
                  <xsl:with-param name="keep" select="$more"/>
                  <xsl:with-param name="text">
                    <xsl:if test="string(@number) != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
                    <xsl:value-of select="@title"/>
                  </xsl:with-param>
                </xsl:call-template>
              </xsl:for-each>
            </w:tc>
          </w:tr>
        </xsl:for-each>
      </w:tbl>
    </xsl:if>
  </xsl:template>

  <!-- Above the title: whose form it is. The logo stands behind the name, at the end of its line;
       where both are too long for one, on a line of its own. -->
  <xsl:template name="letterhead">
    <xsl:variable name="name" select="$theme/th:organisation/@name"/>
    <xsl:variable name="logo" select="$theme/th:logo"/>
    <xsl:variable name="beside" select="string-length($name) * $size/@h2 * 0.62 + $logo/@width + 24 &lt; $width div 20"/>
    <xsl:for-each select="$logo[not($beside)]">
      <w:p>
        <w:pPr><w:pStyle w:val="Logo"/></w:pPr>
        <xsl:call-template name="logo"/>
      </w:p>
    </xsl:for-each>
    <xsl:for-each select="$theme[$name or ($logo and $beside)]">
      <w:p>
        <w:pPr><w:pStyle w:val="Organisation"/></w:pPr>
        <xsl:if test="$name">
          <w:r>
            <xsl:call-template name="language"/>
            <w:t xml:space="preserve"><xsl:value-of select="$name"/></w:t>
          </w:r>
        </xsl:if>
        <xsl:for-each select="$logo[$beside]">
          <w:r><w:tab/></w:r>
          <xsl:call-template name="logo"/>
        </xsl:for-each>
      </w:p>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="logo">
    <xsl:call-template name="drawing">
      <xsl:with-param name="relation" select="'rIdLogo'"/>
      <xsl:with-param name="name" select="'Logo'"/>
      <xsl:with-param name="width" select="@width"/>
      <xsl:with-param name="height" select="@height"/>
      <xsl:with-param name="alt" select="@alt"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The picture of the current field, in a square with such a side. In a repeat each row has it,
       under a number of its own, or the head of the table. -->
  <xsl:template name="picture">
    <xsl:param name="side" select="48 * $unit"/>
    <xsl:param name="in-head" select="false()"/>
    <xsl:variable name="of" select="key('picture', m:picture/@n)"/>
    <xsl:variable name="scale" select="$side div (($of/@width)[. &gt;= $of/@height] | ($of/@height)[. &gt; $of/@width])"/>
    <xsl:call-template name="drawing">
      <xsl:with-param name="relation" select="concat('rIdPicture', m:picture/@n)"/>
      <xsl:with-param name="name" select="concat('Picture ', m:picture/@n)"/>
      <xsl:with-param name="width" select="$of/@width * $scale"/>
      <xsl:with-param name="height" select="$of/@height * $scale"/>
      <xsl:with-param name="alt" select="m:picture/@alt"/>
      <xsl:with-param name="id" select="@n * 10000"/>
      <xsl:with-param name="of"><xsl:if test="not($in-head)"><xsl:value-of select="@path"/></xsl:if></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A picture in a line (20.4.2.8): its size in points, of which each has 12,700 English Metric
       Units. Its number, or the field whose it is. -->
  <xsl:template name="drawing">
    <xsl:param name="relation"/>
    <xsl:param name="name"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:param name="alt"/>
    <xsl:param name="id" select="1"/>
    <xsl:param name="of"/>
    <xsl:variable name="cx" select="round($width * 12700)"/>
    <xsl:variable name="cy" select="round($height * 12700)"/>
    <w:r>
      <w:drawing>
        <wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            distT="0" distB="0" distL="0" distR="0">
          <wp:extent cx="{$cx}" cy="{$cy}"/>
          <wp:docPr name="{$name}" descr="{$alt}">
            <xsl:choose>
              <xsl:when test="$of != ''"><fx:attr name="id"><fx:value field="{$of}" as="id"/></fx:attr></xsl:when>
              <xsl:otherwise><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:otherwise>
            </xsl:choose>
          </wp:docPr>
          <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
            <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
              <pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
                <pic:nvPicPr><pic:cNvPr id="1" name="{$name}" descr="{$alt}"/><pic:cNvPicPr/></pic:nvPicPr>
                <pic:blipFill>
                  <a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{$relation}"/>
                  <a:stretch><a:fillRect/></a:stretch>
                </pic:blipFill>
                <pic:spPr>
                  <a:xfrm><a:off x="0" y="0"/><a:ext cx="{$cx}" cy="{$cy}"/></a:xfrm>
                  <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
                </pic:spPr>
              </pic:pic>
            </a:graphicData>
          </a:graphic>
        </wp:inline>
      </w:drawing>
    </w:r>
  </xsl:template>

  <!-- The header of the first page does not have it: the title and the version stand in the text. -->
  <xsl:template name="title-block">
    <xsl:call-template name="title"/>
    <xsl:for-each select="$form">
      <w:p>
        <w:pPr><w:pStyle w:val="Subtitle"/></w:pPr>
        <w:r>
          <xsl:call-template name="language"/>
          <w:t xml:space="preserve"><xsl:call-template name="say"><xsl:with-param name="id" select="'version'"/></xsl:call-template></w:t>
        </w:r>
        <xsl:if test="@status = 'draft'">
          <w:r><w:t xml:space="preserve"> · </w:t></w:r>
          <w:r>
            <xsl:call-template name="language"><xsl:with-param name="more" select="'b'"/></xsl:call-template>
            <w:t><xsl:value-of select="key('words', 'draft')"/></w:t>
          </w:r>
        </xsl:if>
        <xsl:call-template name="status"/>
      </w:p>
      <xsl:call-template name="help"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="title"><xsl:call-template name="form-title"/></xsl:template>

  <xsl:template name="form-title">
    <xsl:param name="style" select="'Title'"/>
    <xsl:for-each select="$form">
      <xsl:call-template name="line">
        <xsl:with-param name="style" select="$style"/>
        <xsl:with-param name="text" select="@title"/>
        <xsl:with-param name="lang" select="string((@title-lang | @lang[not(../@title-lang)])[1])"/>
        <xsl:with-param name="dir" select="string((@title-dir | @dir[not(../@title-dir)])[1])"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Below the title: for a theme's sheet. -->
  <xsl:template name="introduction"/>

  <!-- More for the line below the title. The form is the current node. -->
  <xsl:template name="status"/>

  <!-- How to fill the form in, below that line. -->
  <xsl:template name="help">
    <xsl:call-template name="line">
      <xsl:with-param name="style" select="'Help'"/>
      <xsl:with-param name="text" select="key('words', 'how-word')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ================================================================ parts of the form -->

  <xsl:template match="m:columns | m:column | m:choices | m:hint | m:picture"/>

  <xsl:template match="m:heading">
    <xsl:call-template name="heading">
      <xsl:with-param name="level" select="@level"/>
      <xsl:with-param name="text" select="."/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="m:section | m:group">
    <xsl:call-template name="heading">
      <xsl:with-param name="level" select="@level"/>
      <xsl:with-param name="number" select="@number"/>
      <xsl:with-param name="text" select="@title"/>
    </xsl:call-template>
    <xsl:apply-templates select="m:*"/>
  </xsl:template>

  <xsl:template match="m:note">
    <xsl:variable name="style">
      <xsl:choose>
        <xsl:when test="@kind = 'instruction'">Instruction</xsl:when>
        <xsl:when test="@kind = 'legal' or @kind = 'help'">Guidance</xsl:when>
        <xsl:when test="parent::m:group and @kind = 'scope'">Hint</xsl:when>
        <xsl:otherwise>Note</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="text">
      <xsl:with-param name="style" select="string($style)"/>
      <xsl:with-param name="keep" select="$style = 'Hint'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="m:prompts">
    <xsl:for-each select="m:p">
      <w:p>
        <w:pPr>
          <w:pStyle w:val="Prompt"/><w:keepNext/>
          <xsl:call-template name="direction"/>
        </w:pPr>
        <xsl:call-template name="runs"/>
      </w:p>
    </xsl:for-each>
  </xsl:template>

  <!-- ================================================================ repeats -->

  <xsl:template name="repeat-heading">
    <xsl:if test="@label">
      <xsl:call-template name="heading">
        <xsl:with-param name="level" select="@level"/>
        <xsl:with-param name="number" select="@number"/>
        <xsl:with-param name="text" select="@label"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="hint"/>
  </xsl:template>

  <!-- Rows of a table: one column a field. -->
  <xsl:template match="m:repeat[@layout = 'table']">
    <!-- when even the narrowest column holds ten signs and every word of the labels -->
    <xsl:variable name="letters" select="($width * 9 div (9 * count(m:field) + count(m:field[
        @multiline = 'yes']) + 8 * count(m:field[@type = 'choices'])) - $sides) div $letter"/>
    <xsl:variable name="narrow">
      <xsl:if test="$letters &lt; 10">yes</xsl:if>
      <xsl:call-template name="too-narrow">
        <xsl:with-param name="fields" select="m:field"/>
        <xsl:with-param name="letters" select="$letters"/>
        <xsl:with-param name="lines" select="1000"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$narrow = ''"><xsl:call-template name="repeat-table"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="repeat-blocks"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="repeat-table">
    <xsl:variable name="share"><xsl:call-template name="share"/></xsl:variable>
    <xsl:call-template name="repeat-heading"/>
    <xsl:call-template name="apart"/>
    <w:tbl>
      <xsl:call-template name="table-properties">
        <xsl:with-param name="caption">
          <xsl:call-template name="caption"/>
        </xsl:with-param>
        <xsl:with-param name="description" select="key('words', 'table-rows')"/>
        <xsl:with-param name="first-row" select="true()"/>
      </xsl:call-template>
      <w:tblGrid>
        <xsl:for-each select="m:field">
          <w:gridCol w:w="{floor($share * (9 + (@multiline = 'yes') + 8 * (@type = 'choices')))}"/>
        </xsl:for-each>
      </w:tblGrid>
      <w:tr>
        <w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>
        <xsl:for-each select="m:field">
          <w:tc>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="width" select="floor($share * (9 + (@multiline = 'yes') + 8 * (@type = 'choices')))"/>
            </xsl:call-template>
            <xsl:call-template name="label">
              <xsl:with-param name="style" select="'TableHead'"/>
              <xsl:with-param name="keep" select="true()"/>
            </xsl:call-template>
          </w:tc>
        </xsl:for-each>
      </w:tr>
      <xsl:choose>
        <xsl:when test="$repeat = 'word'"><xsl:call-template name="word-rows"/></xsl:when>
        <xsl:otherwise>
          <fx:rows repeat="{@path}"><xsl:call-template name="table-row"/></fx:rows>
        </xsl:otherwise>
      </xsl:choose>
    </w:tbl>
  </xsl:template>

  <!-- The width of one part: prose and boxes to tick get more of them than a date. -->
  <xsl:template name="share">
    <xsl:variable name="prose" select="count(m:field[@multiline = 'yes'])"/>
    <xsl:variable name="boxes" select="count(m:field[@type = 'choices'])"/>
    <xsl:value-of select="$width div (9 * count(m:field) + $prose + 8 * $boxes)"/>
  </xsl:template>

  <!-- A row of the current repeat. -->
  <xsl:template name="table-row">
    <xsl:variable name="share"><xsl:call-template name="share"/></xsl:variable>
    <w:tr>
      <xsl:call-template name="row-properties">
        <xsl:with-param name="lines">
          <xsl:for-each select="m:field">
            <xsl:sort select="@lines" data-type="number" order="descending"/>
            <xsl:if test="position() = 1"><xsl:value-of select="@lines"/></xsl:if>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:for-each select="m:field">
        <w:tc>
          <w:tcPr><w:tcW w:w="{floor($share * (9 + (@multiline = 'yes') + 8 * (@type = 'choices')))}" w:type="dxa"/></w:tcPr>
          <xsl:call-template name="answer-paragraph">
            <xsl:with-param name="style" select="'TableAnswer'"/>
          </xsl:call-template>
          <xsl:call-template name="details-below">
            <xsl:with-param name="style" select="'TableAnswer'"/>
          </xsl:call-template>
        </w:tc>
      </xsl:for-each>
    </w:tr>
  </xsl:template>

  <!-- Rows that people add with Word's own "+" ([MS-DOCX] 2.5.4, 17.5.2): not bound, neither the
       section, which Word would make anew from the store each time, nor what is in it, because a
       copy would be bound to what it was copied from. Ids of the wrappers are negative: those of
       answers are not. -->
  <xsl:template name="word-rows">
    <w:sdt>
      <w:sdtPr>
        <w:alias>
          <xsl:attribute name="w:val">
            <xsl:call-template name="cut">
              <xsl:with-param name="text"><xsl:call-template name="caption"/></xsl:with-param>
              <xsl:with-param name="most" select="64"/>
            </xsl:call-template>
          </xsl:attribute>
        </w:alias>
        <w:tag w:val="{@path}"/>
        <w:id w:val="-{m:field[1]/@n * 10000}"/>
        <w:lock w:val="sdtLocked"/>
        <w15:repeatingSection/>
      </w:sdtPr>
      <w:sdtContent>
        <fx:rows repeat="{@path}">
          <w:sdt>
            <w:sdtPr>
              <w:id><fx:attr name="w:val">-<fx:value field="{m:field[1]/@path}" as="id"/></fx:attr></w:id>
              <w15:repeatingSectionItem/>
            </w:sdtPr>
            <w:sdtContent><xsl:call-template name="table-row"/></w:sdtContent>
          </w:sdt>
        </fx:rows>
      </w:sdtContent>
    </w:sdt>
  </xsl:template>

  <!-- Two tables without a paragraph between them would be one table in Word (17.4.37). Where one
       follows another and has no heading, it is called by what both stand in. -->
  <xsl:template name="apart">
    <xsl:if test="preceding-sibling::m:*[1][self::m:field or self::m:repeat] and
        not(self::m:repeat and (@label or m:hint))">
      <xsl:call-template name="line">
        <xsl:with-param name="style" select="'RowLabel'"/>
        <xsl:with-param name="text"><xsl:for-each select=".."><xsl:call-template name="caption"/></xsl:for-each></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Rows as blocks: a table of label and answer for each; a later row says which it is. -->
  <xsl:template match="m:repeat" name="repeat-blocks">
    <xsl:call-template name="repeat-heading"/>
    <xsl:call-template name="apart"/>
    <fx:rows repeat="{@path}">
      <fx:when row="later">
        <xsl:call-template name="words-line">
          <xsl:with-param name="style" select="'RowLabel'"/>
          <xsl:with-param name="id" select="'row'"/>
        </xsl:call-template>
      </fx:when>
      <xsl:apply-templates select="m:*"/>
    </fx:rows>
  </xsl:template>

  <!-- ================================================================ fields in a table -->

  <!-- A field of a table draws nothing when the one before it has begun the table. -->
  <xsl:template match="m:field" priority="-0.25"/>

  <xsl:template match="m:section[@layout = 'table']/m:field[not(@wide = 'yes')] |
                       m:group[@layout = 'table']/m:field[not(@wide = 'yes')] |
                       m:repeat/m:field[not(@wide = 'yes')]" priority="1">
    <xsl:if test="not(preceding-sibling::m:*[1][self::m:field[not(@wide = 'yes')]])">
      <!-- fields without a break from here: as many as rows -->
      <xsl:variable name="end" select="following-sibling::m:*[not(self::m:field) or @wide = 'yes'][1]"/>
      <xsl:variable name="rows">
        <xsl:choose>
          <xsl:when test="$end">
            <xsl:value-of select="count($end/preceding-sibling::m:*) - count(preceding-sibling::m:*)"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="count(following-sibling::m:*) + 1"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="fields" select=". | following-sibling::m:*[position() &lt; $rows]"/>
      <!-- Labels stand above the answers where their column is too narrow for them. Where the columns
           have names, that of the labels is wider instead. -->
      <xsl:variable name="narrow">
        <xsl:call-template name="too-narrow">
          <xsl:with-param name="fields" select="$fields"/>
          <xsl:with-param name="letters" select="($width * 0.42 - $sides) div $letter"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$narrow = '' or ../m:columns">
          <xsl:call-template name="field-table">
            <xsl:with-param name="fields" select="$fields"/>
            <xsl:with-param name="narrow" select="$narrow = 'yes'"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$fields"><xsl:call-template name="field-across"/></xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <xsl:template name="field-table">
    <xsl:param name="fields"/>
    <xsl:param name="narrow" select="false()"/>
    <xsl:variable name="columns" select="../m:columns/m:column"/>
    <xsl:variable name="n">
      <xsl:choose>
        <xsl:when test="count($columns) &gt; 2"><xsl:value-of select="count($columns)"/></xsl:when>
        <!-- without names of columns a follow-up stands below its yes or no -->
        <xsl:when test="$columns and ../m:field[m:details]">3</xsl:when>
        <xsl:otherwise>2</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <!-- widths: label, answer and what is beside it -->
    <xsl:variable name="label-width">
      <xsl:choose>
        <xsl:when test="$n = 2 and $narrow"><xsl:value-of select="round($width * 0.5)"/></xsl:when>
        <xsl:when test="$n = 2"><xsl:value-of select="round($width * 0.42)"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="round($width * 0.4)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="name">
      <xsl:call-template name="longest-word">
        <xsl:with-param name="text" select="normalize-space($columns[2][following-sibling::m:column])"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="answer-width">
      <xsl:choose>
        <xsl:when test="$n = 2"><xsl:value-of select="$width - $label-width"/></xsl:when>
        <!-- every word of its name has room -->
        <xsl:when test="$width * 0.15 &lt; $name * 1.15 * $letter + $sides">
          <xsl:value-of select="round($name * 1.15 * $letter + $sides)"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="round($width * 0.15)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="other-width" select="floor(($width - $label-width - $answer-width) div ($n - 2 + ($n = 2)))"/>
    <xsl:if test="preceding-sibling::m:*[1][self::m:repeat]"><xsl:call-template name="apart"/></xsl:if>
    <xsl:variable name="head" select="$columns and not(preceding-sibling::m:field[not(@wide = 'yes')])"/>
    <w:tbl>
      <xsl:call-template name="table-properties">
        <xsl:with-param name="caption">
          <xsl:for-each select=".."><xsl:call-template name="caption"/></xsl:for-each>
        </xsl:with-param>
        <xsl:with-param name="in-rows" select="boolean(parent::m:repeat)"/>
        <xsl:with-param name="description" select="key('words', 'table')"/>
        <xsl:with-param name="first-row" select="$head"/>
        <xsl:with-param name="first-column" select="true()"/>
      </xsl:call-template>
      <w:tblGrid>
        <w:gridCol w:w="{$label-width}"/>
        <w:gridCol w:w="{$answer-width}"/>
        <xsl:if test="$n &gt; 2"><w:gridCol w:w="{$other-width}"/></xsl:if>
        <xsl:if test="$n &gt; 3">
          <xsl:for-each select="$columns[position() &gt; 3]"><w:gridCol w:w="{$other-width}"/></xsl:for-each>
        </xsl:if>
      </w:tblGrid>
      <xsl:if test="$head">
        <w:tr>
          <w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>
          <xsl:for-each select="$columns">
            <w:tc>
              <xsl:call-template name="head-cell">
                <xsl:with-param name="width">
                  <xsl:choose>
                    <xsl:when test="position() = 1"><xsl:value-of select="$label-width"/></xsl:when>
                    <xsl:when test="position() = 2"><xsl:value-of select="$answer-width"/></xsl:when>
                    <xsl:otherwise><xsl:value-of select="$other-width"/></xsl:otherwise>
                  </xsl:choose>
                </xsl:with-param>
                <xsl:with-param name="span">
                  <xsl:choose>
                    <xsl:when test="position() = last()"><xsl:value-of select="$n - last() + 1"/></xsl:when>
                    <xsl:otherwise>1</xsl:otherwise>
                  </xsl:choose>
                </xsl:with-param>
              </xsl:call-template>
              <xsl:call-template name="line">
                <xsl:with-param name="style" select="'TableHead'"/>
                <xsl:with-param name="text" select="."/>
                <xsl:with-param name="keep" select="true()"/>
              </xsl:call-template>
            </w:tc>
          </xsl:for-each>
        </w:tr>
      </xsl:if>
      <xsl:for-each select="$fields">
        <xsl:call-template name="field-row">
          <xsl:with-param name="n" select="$n"/>
          <xsl:with-param name="label-width" select="$label-width"/>
          <xsl:with-param name="answer-width" select="$answer-width"/>
          <xsl:with-param name="other-width" select="$other-width"/>
        </xsl:call-template>
      </xsl:for-each>
    </w:tbl>
  </xsl:template>

  <!-- One row; it stays with a field that follows. -->
  <xsl:template name="field-row">
    <xsl:param name="n"/>
    <xsl:param name="label-width"/>
    <xsl:param name="answer-width"/>
    <xsl:param name="other-width"/>
    <xsl:variable name="more" select="boolean(following-sibling::m:*[1][self::m:field])"/>
    <w:tr>
      <!-- a follow-up has its label above its place -->
      <xsl:variable name="follow-up" select="m:details/m:field"/>
      <xsl:call-template name="row-properties">
        <xsl:with-param name="lines">
          <xsl:choose>
            <xsl:when test="$follow-up"><xsl:value-of select="$follow-up/@lines + 1 + ($n = 2)"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="@lines"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <w:tc>
        <w:tcPr>
          <w:tcW w:w="{$label-width}" w:type="dxa"/>
          <w:shd w:val="clear" w:color="auto" w:fill="{$colour/@shade}"/>
        </w:tcPr>
        <xsl:call-template name="label">
          <xsl:with-param name="style" select="'TableLabel'"/>
          <xsl:with-param name="keep" select="$more"/>
        </xsl:call-template>
      </w:tc>
      <w:tc>
        <w:tcPr>
          <w:tcW w:w="{$answer-width}" w:type="dxa"/>
          <xsl:if test="not(m:details) and $n &gt; 2"><w:gridSpan w:val="{$n - 1}"/></xsl:if>
        </w:tcPr>
        <xsl:call-template name="answer-paragraph">
          <xsl:with-param name="style" select="'TableAnswer'"/>
          <xsl:with-param name="keep" select="$more"/>
        </xsl:call-template>
        <xsl:if test="$n = 2">
          <xsl:call-template name="details-below">
            <xsl:with-param name="style" select="'TableAnswer'"/>
            <xsl:with-param name="keep" select="$more"/>
          </xsl:call-template>
        </xsl:if>
      </w:tc>
      <xsl:if test="$n &gt; 2 and m:details">
        <w:tc>
          <w:tcPr>
            <w:tcW w:w="{$other-width}" w:type="dxa"/>
            <xsl:if test="$n &gt; 3"><w:gridSpan w:val="{$n - 2}"/></xsl:if>
          </w:tcPr>
          <xsl:call-template name="details-below">
            <xsl:with-param name="style" select="'TableAnswer'"/>
            <xsl:with-param name="keep" select="$more"/>
          </xsl:call-template>
        </w:tc>
      </xsl:if>
    </w:tr>
  </xsl:template>

  <!-- Label above, answer across: a paragraph and a place of its own, not merged cells. -->
  <xsl:template match="m:field[@wide = 'yes']" name="field-across" priority="2">
    <xsl:call-template name="label">
      <xsl:with-param name="style" select="'WideLabel'"/>
      <xsl:with-param name="keep" select="true()"/>
    </xsl:call-template>
    <xsl:call-template name="answer-paragraph">
      <xsl:with-param name="style" select="'WideAnswer'"/>
      <xsl:with-param name="room" select="true()"/>
    </xsl:call-template>
    <xsl:call-template name="details-below">
      <xsl:with-param name="style" select="'AnswerBox'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ================================================================ fields that stand alone -->

  <xsl:template match="m:field[@level]" priority="3">
    <xsl:call-template name="heading">
      <xsl:with-param name="level" select="@level"/>
      <xsl:with-param name="number" select="@number"/>
      <xsl:with-param name="text" select="@label"/>
    </xsl:call-template>
    <xsl:call-template name="hint"/>
    <xsl:call-template name="answer-paragraph">
      <xsl:with-param name="style" select="'AnswerBox'"/>
      <xsl:with-param name="room" select="true()"/>
    </xsl:call-template>
    <xsl:call-template name="details-below">
      <xsl:with-param name="style" select="'AnswerBox'"/>
      <xsl:with-param name="room" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The follow-up of a yes/no: its label, its hint, its place. The yes/no is the current node. -->
  <xsl:template name="details-below">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:param name="room" select="false()"/>
    <xsl:for-each select="m:details/m:field">
      <xsl:call-template name="label">
        <xsl:with-param name="style" select="'DetailsLabel'"/>
        <xsl:with-param name="keep" select="true()"/>
      </xsl:call-template>
      <xsl:call-template name="answer-paragraph">
        <xsl:with-param name="style" select="$style"/>
        <xsl:with-param name="keep" select="$keep"/>
        <xsl:with-param name="room" select="$room"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- ================================================================ signatures -->

  <xsl:template match="m:signature">
    <xsl:call-template name="heading">
      <xsl:with-param name="level" select="@level"/>
      <xsl:with-param name="text" select="@label"/>
    </xsl:call-template>
    <xsl:call-template name="hint"/>
    <xsl:apply-templates select="m:*"/>
  </xsl:template>

  <!-- Label, tab, control, on a ruled line. -->
  <xsl:template match="m:signature/m:field" priority="4">
    <w:p>
      <w:pPr>
        <w:pStyle>
          <xsl:attribute name="w:val">
            <xsl:choose>
              <xsl:when test="@type = 'mark'">SignatureMark</xsl:when>
              <xsl:when test="@type = 'choices'">DetailsLabel</xsl:when>
              <xsl:otherwise>SignatureLine</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </w:pStyle>
        <xsl:if test="following-sibling::m:field or @type = 'choices'"><w:keepNext/></xsl:if>
      </w:pPr>
      <xsl:call-template name="place"/>
      <w:r>
        <xsl:call-template name="language"><xsl:with-param name="more" select="'b'"/></xsl:call-template>
        <w:t xml:space="preserve"><xsl:value-of select="@label"/><xsl:if test="translate(substring(@label, string-length(@label)), ':?', '') != ''">:</xsl:if></w:t>
      </w:r>
      <xsl:if test="@type != 'choices'">
        <w:r><w:tab/></w:r>
        <xsl:call-template name="control"/>
      </xsl:if>
    </w:p>
    <xsl:if test="@type = 'choices'">
      <xsl:call-template name="boxes">
        <xsl:with-param name="style" select="'Choice'"/>
        <xsl:with-param name="keep" select="boolean(following-sibling::m:field)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="below-answer"/>
    <xsl:call-template name="hint-text"><xsl:with-param name="style" select="'Hint'"/></xsl:call-template>
    <xsl:call-template name="details-below">
      <xsl:with-param name="style" select="'AnswerBox'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ================================================================ headings, labels, text -->

  <xsl:template name="heading">
    <xsl:param name="level" select="1"/>
    <xsl:param name="number"/>
    <xsl:param name="text"/>
    <xsl:call-template name="line">
      <xsl:with-param name="style">
        <xsl:choose>
          <xsl:when test="not($level)">Heading2</xsl:when>
          <xsl:when test="$level &gt; 4">Heading4</xsl:when>
          <xsl:otherwise><xsl:value-of select="concat('Heading', $level)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="place" select="true()"/>
      <xsl:with-param name="picture" select="boolean(self::m:field[m:picture])"/>
      <xsl:with-param name="text">
        <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '. ')"/></xsl:if>
        <xsl:value-of select="$text"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The hint of what has a heading; it stays with what follows. -->
  <xsl:template name="hint">
    <xsl:call-template name="hint-text">
      <xsl:with-param name="style" select="'Hint'"/>
      <xsl:with-param name="keep" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="hint-text">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:for-each select="m:hint">
      <xsl:call-template name="text">
        <xsl:with-param name="style" select="$style"/>
        <xsl:with-param name="keep" select="$keep"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Words of formc's own, in the language of the form. -->
  <xsl:template name="words-line">
    <xsl:param name="style"/>
    <xsl:param name="id"/>
    <xsl:param name="more"/>
    <xsl:param name="keep" select="false()"/>
    <w:p>
      <w:pPr>
        <w:pStyle w:val="{$style}"/>
        <xsl:if test="$keep"><w:keepNext/></xsl:if>
      </w:pPr>
      <xsl:call-template name="words-run">
        <xsl:with-param name="id" select="$id"/>
        <xsl:with-param name="more" select="$more"/>
      </xsl:call-template>
    </w:p>
  </xsl:template>

  <xsl:template name="words-run">
    <xsl:param name="id"/>
    <xsl:param name="style"/>
    <xsl:param name="more"/>
    <w:r>
      <xsl:for-each select="$form">
        <xsl:call-template name="language">
          <xsl:with-param name="style" select="$style"/>
          <xsl:with-param name="more" select="$more"/>
        </xsl:call-template>
      </xsl:for-each>
      <w:t xml:space="preserve"><xsl:call-template name="say"><xsl:with-param name="id" select="$id"/></xsl:call-template></w:t>
    </w:r>
  </xsl:template>

  <!-- A paragraph of plain text. place: it is what a link to the current node leads to. -->
  <xsl:template name="line">
    <xsl:param name="style"/>
    <xsl:param name="text"/>
    <xsl:param name="place" select="false()"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:param name="picture" select="false()"/>
    <xsl:param name="lang" select="string(ancestor-or-self::*[@lang][1]/@lang)"/>
    <xsl:param name="dir" select="string(ancestor-or-self::*[@lang][1]/@dir)"/>
    <w:p>
      <w:pPr>
        <w:pStyle w:val="{$style}"/>
        <xsl:if test="$keep"><w:keepNext/></xsl:if>
        <xsl:call-template name="direction"><xsl:with-param name="dir" select="$dir"/></xsl:call-template>
        <!-- a picture hangs before the words, which stand in the middle of its height -->
        <xsl:if test="$picture">
          <w:ind w:left="{round(1960 * $unit)}" w:hanging="{round(1960 * $unit)}"/>
          <w:textAlignment w:val="center"/>
        </xsl:if>
      </w:pPr>
      <xsl:if test="$place"><xsl:call-template name="place"/></xsl:if>
      <xsl:if test="$picture">
        <xsl:call-template name="picture"><xsl:with-param name="side" select="84 * $unit"/></xsl:call-template>
        <w:r><w:tab/></w:r>
      </xsl:if>
      <w:r>
        <xsl:call-template name="language">
          <xsl:with-param name="lang" select="$lang"/>
          <xsl:with-param name="dir" select="$dir"/>
        </xsl:call-template>
        <w:t xml:space="preserve"><xsl:value-of select="$text"/></w:t>
      </w:r>
    </w:p>
  </xsl:template>

  <!-- A bookmark where links to the current node lead: not one of those that answers are found by,
       and hidden in Word's list of them, as all are whose name begins so. Its number is that of the
       node, below those of the other bookmarks (17.13.6.2). -->
  <xsl:template name="place">
    <xsl:variable name="led-to"><xsl:call-template name="led-to"/></xsl:variable>
    <xsl:if test="$led-to = 'yes'">
      <xsl:variable name="number"><xsl:call-template name="place-number"/></xsl:variable>
      <w:bookmarkStart w:id="{$number}" w:name="_place{$number}"/>
      <w:bookmarkEnd w:id="{$number}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="place-number">
    <xsl:value-of select="count(preceding::m:*[@path] | ancestor-or-self::m:*[@path])"/>
  </xsl:template>

  <!-- The label of a field that is not a heading, and its hint. -->
  <xsl:template name="label">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:if test="m:picture">
      <w:p>
        <w:pPr>
          <w:pStyle w:val="{$style}"/>
          <w:keepNext/>
          <xsl:call-template name="direction"/>
        </w:pPr>
        <xsl:call-template name="picture"><xsl:with-param name="in-head" select="$style = 'TableHead'"/></xsl:call-template>
      </w:p>
    </xsl:if>
    <xsl:call-template name="line">
      <xsl:with-param name="style" select="$style"/>
      <xsl:with-param name="keep" select="$keep or m:hint"/>
      <xsl:with-param name="place" select="true()"/>
      <xsl:with-param name="text">
        <xsl:if test="string(@number) != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
        <xsl:value-of select="@label"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="hint-text">
      <xsl:with-param name="style">
        <xsl:choose>
          <xsl:when test="$style = 'WideLabel'">WideHint</xsl:when>
          <xsl:when test="$style = 'TableHead'">TableHeadHint</xsl:when>
          <xsl:otherwise>TableHint</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="keep" select="$keep"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The paragraphs and items of the current element. The last paragraph before a list stays
       with it. -->
  <xsl:template name="text">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:for-each select="m:p | m:item">
      <w:p>
        <w:pPr>
          <w:pStyle>
            <xsl:attribute name="w:val">
              <xsl:choose>
                <xsl:when test="self::m:item">ListBullet</xsl:when>
                <xsl:otherwise><xsl:value-of select="$style"/></xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </w:pStyle>
          <xsl:if test="$keep or following-sibling::*[1][self::m:item]"><w:keepNext/></xsl:if>
          <xsl:call-template name="direction"/>
        </w:pPr>
        <xsl:call-template name="runs"/>
      </w:p>
    </xsl:for-each>
  </xsl:template>

  <!-- The runs of the current paragraph; a reference is a link in the document (17.16.22). -->
  <xsl:template name="runs">
    <xsl:for-each select="node()">
      <xsl:variable name="to"><xsl:if test="self::m:ref[. != '']"><xsl:call-template name="leads-to"/></xsl:if></xsl:variable>
      <xsl:choose>
        <xsl:when test="$to != ''">
          <w:hyperlink w:history="1">
            <xsl:attribute name="w:anchor">
              <xsl:text>_place</xsl:text>
              <xsl:for-each select="key('at', $to)"><xsl:call-template name="place-number"/></xsl:for-each>
            </xsl:attribute>
            <xsl:call-template name="run"><xsl:with-param name="style" select="'Hyperlink'"/></xsl:call-template>
          </w:hyperlink>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="run"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- A piece of the text of a paragraph. -->
  <xsl:template name="run">
    <xsl:param name="style"/>
    <w:r>
      <xsl:call-template name="language">
        <xsl:with-param name="style" select="$style"/>
        <xsl:with-param name="more">
          <xsl:choose>
            <xsl:when test="self::m:em">i</xsl:when>
            <xsl:when test="self::m:strong">b</xsl:when>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <w:t xml:space="preserve"><xsl:value-of select="."/></w:t>
    </w:r>
  </xsl:template>

  <!-- ================================================================ tables -->

  <!-- What a screen reader calls the table: the title of the nearest thing that has one. -->
  <xsl:template name="caption">
    <xsl:variable name="named" select="ancestor-or-self::m:*[@label or @title][1]"/>
    <xsl:value-of select="($named/@label | $named/@title)[1]"/>
  </xsl:template>

  <xsl:template name="table-properties">
    <xsl:param name="style" select="'FormTable'"/>
    <xsl:param name="caption"/>
    <xsl:param name="description"/>
    <xsl:param name="in-rows" select="false()"/>
    <xsl:param name="first-row" select="false()"/>
    <xsl:param name="first-column" select="false()"/>
    <w:tblPr>
      <w:tblStyle w:val="{$style}"/>
      <xsl:if test="$form/@dir = 'rtl'"><w:bidiVisual/></xsl:if>
      <w:tblW w:w="{$width}" w:type="dxa"/>
      <w:tblLayout w:type="fixed"/>
      <w:tblLook w:val="06{substring('082A', 1 + number($first-column) + 2 * number($first-row), 1)}0"
        w:firstRow="{number($first-row)}" w:lastRow="0" w:firstColumn="{number($first-column)}"
        w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>
      <w:tblCaption>
        <xsl:choose>
          <xsl:when test="$in-rows">
            <fx:attr name="w:val">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'in-row'"/>
                <xsl:with-param name="label" select="$caption"/>
              </xsl:call-template>
            </fx:attr>
          </xsl:when>
          <xsl:otherwise>
            <xsl:attribute name="w:val"><xsl:value-of select="$caption"/></xsl:attribute>
          </xsl:otherwise>
        </xsl:choose>
      </w:tblCaption>
      <w:tblDescription w:val="{$description}"/>
    </w:tblPr>
  </xsl:template>

  <!-- tcPr of a cell that names a column. -->
  <xsl:template name="head-cell">
    <xsl:param name="width"/>
    <xsl:param name="span" select="1"/>
    <w:tcPr>
      <w:tcW w:w="{$width}" w:type="dxa"/>
      <xsl:if test="$span &gt; 1"><w:gridSpan w:val="{$span}"/></xsl:if>
      <w:shd w:val="clear" w:color="auto" w:fill="{$colour/@shade}"/>
      <w:vAlign w:val="bottom"/>
    </w:tcPr>
  </xsl:template>

  <!-- A row stays on one page, and is at least as high as the lines and the padding of a cell. It
       grows with its answers. -->
  <xsl:template name="row-properties">
    <xsl:param name="lines"/>
    <w:trPr>
      <w:cantSplit/>
      <w:trHeight w:val="{$lines * $line + round(120 * $unit)}" w:hRule="atLeast"/>
    </w:trPr>
  </xsl:template>

  <!-- ================================================================ places for answers -->

  <!-- The place of one answer: a paragraph in its cell. With room it is a box across the page. One
       of more than a line is a row with a least height, which no paragraph can have; where a table
       follows it is a paragraph all the same, because Word would join the two (17.4.37). -->
  <xsl:template name="answer-paragraph">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:param name="room" select="false()"/>
    <xsl:choose>
      <xsl:when test="@type = 'choices'">
        <xsl:call-template name="boxes">
          <xsl:with-param name="style">
            <xsl:choose>
              <xsl:when test="$style = 'TableAnswer'">TableChoice</xsl:when>
              <xsl:when test="$style = 'WideAnswer'">WideChoice</xsl:when>
              <xsl:otherwise>Choice</xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
          <xsl:with-param name="keep" select="$keep"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$room and @lines &gt; 1 and not(following::m:*[self::m:field or self::m:repeat
          or self::m:section or self::m:group or self::m:signature or self::m:note or self::m:prompts
          or self::m:heading][1][self::m:field[not(@level or @wide = 'yes')] or
          self::m:repeat[not(@label)]])">
        <xsl:call-template name="answer-box"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="control-paragraph">
          <xsl:with-param name="style" select="$style"/>
          <xsl:with-param name="keep" select="$keep"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="control-paragraph">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <w:p>
      <w:pPr>
        <w:pStyle w:val="{$style}"/>
        <xsl:if test="$keep"><w:keepNext/></xsl:if>
        <xsl:call-template name="answer-direction"/>
      </w:pPr>
      <xsl:call-template name="control"/>
    </w:p>
    <xsl:call-template name="below-answer"/>
  </xsl:template>

  <!-- A table of one cell. A blank one has its height and stays on one page; one with an answer is
       as high as that and may go on. -->
  <xsl:template name="answer-box">
    <w:tbl>
      <xsl:call-template name="table-properties">
        <xsl:with-param name="style" select="'AnswerTable'"/>
        <xsl:with-param name="caption" select="@short"/>
        <xsl:with-param name="in-rows" select="boolean(@container)"/>
        <xsl:with-param name="description" select="key('words', 'table-box')"/>
      </xsl:call-template>
      <w:tblGrid><w:gridCol w:w="{$width}"/></w:tblGrid>
      <w:tr>
        <w:trPr>
          <fx:when blank="{@path}">
            <w:cantSplit/>
            <w:trHeight w:val="{@lines * $line + round(120 * $unit)}" w:hRule="atLeast"/>
          </fx:when>
        </w:trPr>
        <w:tc>
          <w:tcPr><w:tcW w:w="{$width}" w:type="dxa"/></w:tcPr>
          <xsl:call-template name="control-paragraph">
            <xsl:with-param name="style" select="'TableAnswer'"/>
          </xsl:call-template>
        </w:tc>
      </w:tr>
    </w:tbl>
  </xsl:template>

  <!-- A paragraph runs in the direction of the answer that it holds, and begins where the form
       does. A number has no letter: the groups of a telephone number would be set from right to
       left in a paragraph that runs so. -->
  <xsl:template name="answer-direction">
    <xsl:choose>
      <xsl:when test="$form/@dir = 'rtl'"><fx:when ltr="{@path}"><w:bidi w:val="0"/><w:jc w:val="right"/></fx:when></xsl:when>
      <xsl:otherwise><fx:when rtl="{@path}"><w:bidi/></fx:when></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The run of the current field's answer, its lines apart by breaks. -->
  <xsl:template name="answer-run">
    <w:r>
      <fx:when rtl="{@path}"><w:rPr><w:rtl/></w:rPr></fx:when>
      <fx:lines field="{@path}" tabs="yes">
        <fx:when line="later"><w:br/></fx:when>
        <fx:when line="tab"><w:tab/></fx:when>
        <w:t xml:space="preserve"><fx:value as="line"/></w:t>
      </fx:lines>
    </w:r>
  </xsl:template>

  <!-- What is said about an answer, behind its place. A form shows one side of a conflict: it goes
       out to be filled in. -->
  <xsl:template name="conflict"/>

  <xsl:template name="below-answer">
    <xsl:call-template name="conflict"/>
    <xsl:if test="@type = 'mark'">
      <fx:when stale="{@path}">
        <xsl:call-template name="words-line">
          <xsl:with-param name="style" select="'Notice'"/>
          <xsl:with-param name="id" select="'stale'"/>
        </xsl:call-template>
      </fx:when>
    </xsl:if>
  </xsl:template>

  <!-- Several choices: a paragraph for each, its check box before its words. An answer that is not
       in the list ticks none of them and is printed below. -->
  <xsl:template name="boxes">
    <xsl:param name="style"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:for-each select="m:choices/m:choice">
      <w:p>
        <w:pPr>
          <w:pStyle w:val="{$style}"/>
          <xsl:if test="$keep or position() != last()"><w:keepNext/></xsl:if>
          <xsl:call-template name="direction"/>
        </w:pPr>
        <xsl:call-template name="box"/>
        <w:r><w:tab/></w:r>
        <w:r>
          <xsl:call-template name="language"/>
          <w:t xml:space="preserve"><xsl:value-of select="."/></w:t>
        </w:r>
      </w:p>
    </xsl:for-each>
    <fx:when unreadable="{@path}">
      <w:p>
        <w:pPr>
          <w:pStyle w:val="{$style}"/>
          <xsl:if test="$keep"><w:keepNext/></xsl:if>
        </w:pPr>
        <w:r><w:tab/></w:r>
        <xsl:call-template name="words-run"><xsl:with-param name="id" select="'not-listed'"/></xsl:call-template>
        <w:r><w:t xml:space="preserve"><xsl:text> </xsl:text></w:t></w:r>
        <xsl:call-template name="answer-run"/>
      </w:p>
    </fx:when>
  </xsl:template>

  <!-- The check box of the current choice ([MS-DOCX] 2.5.1), with the identities of any control. -->
  <xsl:template name="box">
    <xsl:variable name="path" select="../../@path"/>
    <w:bookmarkStart>
      <fx:attr name="w:id"><fx:value field="{$path}" choice="{@id}" as="id"/></fx:attr>
      <fx:attr name="w:name"><fx:value field="{$path}" choice="{@id}" as="name"/></fx:attr>
    </w:bookmarkStart>
    <w:sdt>
      <w:sdtPr>
        <xsl:call-template name="box-title"/>
        <w:tag><fx:attr name="w:val"><fx:value field="{$path}" choice="{@id}" as="path"/></fx:attr></w:tag>
        <w:id><fx:attr name="w:val"><fx:value field="{$path}" choice="{@id}" as="id"/></fx:attr></w:id>
        <w:lock w:val="sdtLocked"/>
        <xsl:choose>
          <xsl:when test="$repeat = 'word' and ancestor::m:repeat[@layout = 'table']"/>
          <xsl:when test="$binding = 'w15'">
            <w15:dataBinding w:prefixMappings="xmlns:f='urn:formc:store:1'">
              <xsl:call-template name="box-bound-to"/>
            </w15:dataBinding>
          </xsl:when>
          <xsl:when test="$binding = 'w'">
            <w:dataBinding w:prefixMappings="xmlns:f='urn:formc:store:1'">
              <xsl:call-template name="box-bound-to"/>
            </w:dataBinding>
          </xsl:when>
        </xsl:choose>
        <w15:color w:val="{$colour/@accent}"/>
        <w14:checkbox>
          <w14:checked>
            <fx:when field="{$path}" chosen="{@id}"><fx:attr name="w14:val">1</fx:attr></fx:when>
            <fx:when field="{$path}" unchosen="{@id}"><fx:attr name="w14:val">0</fx:attr></fx:when>
          </w14:checked>
          <w14:checkedState w14:val="2612" w14:font="{$box-font}"/>
          <w14:uncheckedState w14:val="2610" w14:font="{$box-font}"/>
        </w14:checkbox>
      </w:sdtPr>
      <w:sdtContent>
        <w:r>
          <w:rPr><w:rFonts w:ascii="{$box-font}" w:eastAsia="{$box-font}" w:hAnsi="{$box-font}" w:hint="eastAsia"/></w:rPr>
          <w:t>
            <fx:when field="{$path}" chosen="{@id}">&#x2612;</fx:when>
            <fx:when field="{$path}" unchosen="{@id}">&#x2610;</fx:when>
          </w:t>
        </w:r>
      </w:sdtContent>
    </w:sdt>
    <w:bookmarkEnd>
      <fx:attr name="w:id"><fx:value field="{$path}" choice="{@id}" as="id"/></fx:attr>
    </w:bookmarkEnd>
  </xsl:template>

  <!-- The font of check boxes that Word itself takes: the others lack them. -->
  <xsl:variable name="box-font" select="'MS Gothic'"/>

  <!-- The question and the choice, within the 64 characters of a title; the row's number too. Where
       both do not fit, the question leaves the choice as much as it needs, up to 40. -->
  <xsl:template name="box-title">
    <xsl:variable name="field" select="../.."/>
    <xsl:variable name="room" select="64 - $in-row * count($field/@container)"/>
    <xsl:variable name="choice">
      <xsl:call-template name="cut">
        <xsl:with-param name="text" select="string(.)"/>
        <xsl:with-param name="most">
          <xsl:choose>
            <xsl:when test="string-length($field/@short) + 2 + string-length(.) &lt;= $room">
              <xsl:value-of select="string-length(.)"/>
            </xsl:when>
            <xsl:otherwise>40</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="title">
      <xsl:call-template name="cut">
        <xsl:with-param name="text" select="$field/@short"/>
        <xsl:with-param name="most" select="$room - 2 - string-length($choice)"/>
      </xsl:call-template>
      <xsl:value-of select="concat(': ', $choice)"/>
    </xsl:variable>
    <w:alias>
      <xsl:choose>
        <xsl:when test="$field/@container">
          <fx:attr name="w:val">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'in-row'"/>
              <xsl:with-param name="label" select="$title"/>
            </xsl:call-template>
          </fx:attr>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="w:val"><xsl:value-of select="$title"/></xsl:attribute>
        </xsl:otherwise>
      </xsl:choose>
    </w:alias>
  </xsl:template>

  <!-- The text, or its beginning and an ellipsis: `most` characters. -->
  <xsl:template name="cut">
    <xsl:param name="text"/>
    <xsl:param name="most"/>
    <xsl:choose>
      <xsl:when test="string-length($text) &lt;= $most"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(substring($text, 1, $most - 1), '…')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="box-bound-to">
    <xsl:attribute name="w:storeItemID"><xsl:value-of select="$store-id"/></xsl:attribute>
    <fx:attr name="w:xpath">/f:answers[1]/f:<fx:value field="{../../@path}" choice="{@id}" as="key"/>[1]</fx:attr>
  </xsl:template>

  <!-- The content control of the current field (17.5.2), its bookmark around it. Children of
       sdtPr stand in the order of the schema. -->
  <xsl:template name="control">
    <xsl:variable name="kind">
      <xsl:choose>
        <xsl:when test="@type = 'date'">date</xsl:when>
        <xsl:when test="@type = 'part-date'">part-date</xsl:when>
        <xsl:when test="m:choices">choice</xsl:when>
        <xsl:when test="@type = 'mark'">mark</xsl:when>
        <xsl:otherwise>text</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <w:bookmarkStart>
      <fx:attr name="w:id"><fx:value field="{@path}" as="id"/></fx:attr>
      <fx:attr name="w:name"><fx:value field="{@path}" as="name"/></fx:attr>
    </w:bookmarkStart>
    <w:sdt>
      <w:sdtPr>
        <xsl:call-template name="control-title"/>
        <w:tag><fx:attr name="w:val"><fx:value field="{@path}" as="path"/></fx:attr></w:tag>
        <w:id><fx:attr name="w:val"><fx:value field="{@path}" as="id"/></fx:attr></w:id>
        <w:lock w:val="sdtLocked"/>
        <w:placeholder><w:docPart w:val="formc-{$kind}"/></w:placeholder>
        <fx:when blank="{@path}"><w:showingPlcHdr/></fx:when>
        <xsl:choose>
          <xsl:when test="$repeat = 'word' and ancestor::m:repeat[@layout = 'table']"/>
          <xsl:when test="$binding = 'w15'">
            <w15:dataBinding w:prefixMappings="xmlns:f='urn:formc:store:1'">
              <xsl:call-template name="bound-to"/>
            </w15:dataBinding>
          </xsl:when>
          <xsl:when test="$binding = 'w'">
            <w:dataBinding w:prefixMappings="xmlns:f='urn:formc:store:1'">
              <xsl:call-template name="bound-to"/>
            </w:dataBinding>
          </xsl:when>
        </xsl:choose>
        <w15:color w:val="{$colour/@accent}"/>
        <xsl:call-template name="control-type"/>
      </w:sdtPr>
      <w:sdtContent>
        <fx:when blank="{@path}">
          <w:r>
            <xsl:for-each select="$form">
              <xsl:call-template name="language"><xsl:with-param name="style" select="'PlaceholderText'"/></xsl:call-template>
            </xsl:for-each>
            <w:t>
              <xsl:choose>
                <xsl:when test="$kind = 'date'"><xsl:value-of select="key('words', 'place-date')"/></xsl:when>
                <xsl:when test="$kind = 'part-date'"><xsl:value-of select="key('words', 'place-part-date')"/></xsl:when>
                <xsl:when test="$kind = 'choice'"><xsl:value-of select="key('words', 'place-choice')"/></xsl:when>
                <xsl:when test="$kind = 'mark'"><xsl:value-of select="key('words', 'place-mark')"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="key('words', 'place-text')"/></xsl:otherwise>
              </xsl:choose>
            </w:t>
          </w:r>
        </fx:when>
        <fx:when answered="{@path}">
          <xsl:call-template name="answer-run"/>
        </fx:when>
      </w:sdtContent>
    </w:sdt>
    <w:bookmarkEnd>
      <fx:attr name="w:id"><fx:value field="{@path}" as="id"/></fx:attr>
    </w:bookmarkEnd>
  </xsl:template>

  <!-- The control's title is its accessible name; Word takes at most 64 characters. In a repeat
       the row's number, of up to three digits, is part of it. -->
  <xsl:template name="control-title">
    <xsl:variable name="room" select="64 - $in-row"/>
    <w:alias>
      <xsl:choose>
        <xsl:when test="@container">
          <fx:attr name="w:val">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'in-row'"/>
              <xsl:with-param name="label">
                <xsl:choose>
                  <xsl:when test="string-length(@short) &gt; $room">
                    <xsl:value-of select="concat(substring(@short, 1, $room - 1), '…')"/>
                  </xsl:when>
                  <xsl:otherwise><xsl:value-of select="@short"/></xsl:otherwise>
                </xsl:choose>
              </xsl:with-param>
            </xsl:call-template>
          </fx:attr>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="w:val"><xsl:value-of select="@short"/></xsl:attribute>
        </xsl:otherwise>
      </xsl:choose>
    </w:alias>
  </xsl:template>

  <!-- The place in the store, as attributes of the binding. -->
  <xsl:template name="bound-to">
    <xsl:attribute name="w:storeItemID"><xsl:value-of select="$store-id"/></xsl:attribute>
    <fx:attr name="w:xpath">/f:answers[1]/f:<fx:value field="{@path}" as="key"/>[1]</fx:attr>
  </xsl:template>

  <xsl:template name="control-type">
    <xsl:choose>
      <xsl:when test="@type = 'date'">
        <w:date>
          <fx:when readable="{@path}">
            <fx:attr name="w:fullDate"><fx:value field="{@path}" as="date"/>T00:00:00Z</fx:attr>
          </fx:when>
          <w:dateFormat w:val="dd/MM/yyyy"/>
          <w:lid w:val="{$form/@lang}"/>
          <w:storeMappedDataAs w:val="date"/>
          <w:calendar w:val="gregorian"/>
        </w:date>
      </xsl:when>
      <xsl:when test="m:choices[@open = 'yes']">
        <w:comboBox><xsl:call-template name="list-items"/></w:comboBox>
      </xsl:when>
      <xsl:when test="m:choices">
        <w:dropDownList><xsl:call-template name="list-items"/></w:dropDownList>
      </xsl:when>
      <xsl:when test="@multiline = 'yes'"><w:text w:multiLine="1"/></xsl:when>
      <xsl:otherwise>
        <w:text><fx:when many-lines="{@path}"><fx:attr name="w:multiLine">1</fx:attr></fx:when></w:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="list-items">
    <xsl:for-each select="m:choices/m:choice">
      <w:listItem w:displayText="{.}" w:value="{@id}"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
