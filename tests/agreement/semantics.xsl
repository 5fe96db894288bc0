<?xml version="1.0" encoding="UTF-8"?>
<!-- What answers, values and truth mean, in XPath 1.0: the second implementation, written from
     docs/language.md and docs/plans.md and sharing no line with runtime/fv.h. Rules of a form are
     printed to call these templates (sheet.c).

     Every value is a string, and an unknown one is the empty string: a date is yyyymmdd, a number
     its digits (XPath's own numbers are doubles, which do not hold 64 bits), a length of time
     "4 w", a choice "=id" or "~words" for something else, several choices " id id ", a part of a
     date the first and the last day that it can be, an amount of money its pence. Truth is T, F or U.
     An answer is "state|why|value"; the state is A (absent), U (unreadable), P (present), or
     S for one whose type has a pattern: XPath 1.0 cannot say whether it fits. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="digits" select="'0123456789'"/>
<xsl:variable name="letters" select="'abcdefghijklmnopqrstuvwxyz'"/>
<xsl:variable name="capitals" select="'ABCDEFGHIJKLMNOPQRSTUVWXYZ'"/>
<xsl:variable name="spaces" select="'                      '"/>
<xsl:variable name="wide" select="'&#x9;&#xA;&#xD;&#xA0;&#x2000;&#x2001;&#x2002;&#x2003;&#x2004;&#x2005;&#x2006;&#x2007;&#x2008;&#x2009;&#x200A;&#x202F;&#x205F;&#x3000;'"/>
<xsl:variable name="dashes" select="'&#x2010;&#x2011;&#x2012;&#x2013;&#x2014;&#x2015;&#x2212;'"/>
<xsl:variable name="invisible" select="'&#xAD;&#x200B;&#x200C;&#x200D;&#x200E;&#x200F;&#x202A;&#x202B;&#x202C;&#x202D;&#x202E;&#x2060;&#x2061;&#x2062;&#x2063;&#x2064;&#x2065;&#x2066;&#x2067;&#x2068;&#x2069;&#xFEFF;'"/>
<!-- "#" stands for a digit in masks, so a typed one becomes another sign that means nothing -->
<xsl:variable name="from-typed" select="concat($capitals, substring($wide, 1, 18), $dashes, '#', $invisible)"/>
<xsl:variable name="to-plain" select="concat($letters, substring($spaces, 1, 18), '-------', '!')"/>

<!-- ==== text ==== -->

<!-- line ends are LF -->
<xsl:template name="fold-ends">
  <xsl:param name="t"/>
  <xsl:choose>
    <xsl:when test="contains($t, '&#xD;&#xA;')">
      <xsl:value-of select="translate(substring-before($t, '&#xD;&#xA;'), '&#xD;', '&#xA;')"/>
      <xsl:text>&#xA;</xsl:text>
      <xsl:call-template name="fold-ends">
        <xsl:with-param name="t" select="substring-after($t, '&#xD;&#xA;')"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="translate($t, '&#xD;', '&#xA;')"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- an answer, from its text and its reason -->
<xsl:template name="answer">
  <xsl:param name="kind"/>
  <xsl:param name="typed"/>
  <xsl:param name="absent"/>
  <xsl:param name="choice"/> <!-- "=id" when the text names a choice of the list -->
  <xsl:param name="open" select="false()"/>
  <xsl:param name="list"/> <!-- of several choices: the ids, " a b c " -->
  <xsl:param name="pattern" select="false()"/>
  <xsl:param name="max" select="0"/>
  <xsl:variable name="text">
    <xsl:call-template name="fold-ends"><xsl:with-param name="t" select="$typed"/></xsl:call-template>
  </xsl:variable>
  <xsl:variable name="plain" select="normalize-space(translate($text, $from-typed, $to-plain))"/>
  <xsl:choose>
    <xsl:when test="normalize-space($text) = ''"><xsl:value-of select="concat('A|', $absent, '|')"/></xsl:when>
    <xsl:when test="$pattern">S||</xsl:when>
    <xsl:otherwise>
      <xsl:variable name="value">
        <xsl:choose>
          <xsl:when test="$kind = 'date'">
            <xsl:call-template name="read-date"><xsl:with-param name="s" select="$plain"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$kind = 'integer'">
            <xsl:call-template name="read-number"><xsl:with-param name="s" select="$plain"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$kind = 'part-date'">
            <xsl:call-template name="read-part-date"><xsl:with-param name="s" select="$plain"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$kind = 'money'">
            <xsl:call-template name="read-money"><xsl:with-param name="s" select="$plain"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$kind = 'interval' or $kind = 'interval-text'">
            <xsl:call-template name="read-interval"><xsl:with-param name="s" select="$plain"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$kind = 'yes-no'">
            <xsl:choose> <!-- or their words in a language of the form -->
              <xsl:when test="$plain = 'yes'">T</xsl:when>
              <xsl:when test="$plain = 'no'">F</xsl:when>
              <xsl:when test="$choice = '=yes'">T</xsl:when>
              <xsl:when test="$choice = '=no'">F</xsl:when>
            </xsl:choose>
          </xsl:when>
          <xsl:when test="$kind = 'choice'">
            <xsl:choose>
              <xsl:when test="$choice != ''"><xsl:value-of select="$choice"/></xsl:when>
              <xsl:when test="$open"><xsl:value-of select="concat('~', normalize-space($text))"/></xsl:when>
            </xsl:choose>
          </xsl:when>
          <xsl:when test="$kind = 'choices'">
            <xsl:variable name="strange">
              <xsl:call-template name="strangers">
                <xsl:with-param name="words" select="normalize-space($text)"/>
                <xsl:with-param name="list" select="$list"/>
              </xsl:call-template>
            </xsl:variable>
            <xsl:if test="$strange = ''"><xsl:value-of select="concat(' ', normalize-space($text), ' ')"/></xsl:if>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="normalize-space($text)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="why">
        <xsl:choose>
          <xsl:when test="$kind = 'nhs-number' and translate(substring($plain, 1, 64), concat($digits, ' -'), '') != ''">wrong-character</xsl:when>
          <xsl:when test="$kind = 'nhs-number' and (string-length($plain) &gt; 64 or string-length(translate($plain, ' -', '')) != 10)">wrong-length</xsl:when>
          <!-- weights 10 to 1, modulus 11 -->
          <xsl:when test="$kind = 'nhs-number' and
              (10 * substring(translate($plain, ' -', ''), 1, 1) + 9 * substring(translate($plain, ' -', ''), 2, 1) +
               8 * substring(translate($plain, ' -', ''), 3, 1) + 7 * substring(translate($plain, ' -', ''), 4, 1) +
               6 * substring(translate($plain, ' -', ''), 5, 1) + 5 * substring(translate($plain, ' -', ''), 6, 1) +
               4 * substring(translate($plain, ' -', ''), 7, 1) + 3 * substring(translate($plain, ' -', ''), 8, 1) +
               2 * substring(translate($plain, ' -', ''), 9, 1) + substring(translate($plain, ' -', ''), 10, 1)) mod 11 != 0">wrong-check-digit</xsl:when>
          <xsl:when test="($kind = 'choice' or $kind = 'choices') and $value = ''">not-in-list</xsl:when>
          <xsl:when test="$value = '' and $kind != 'interval-text'">wrong-kind</xsl:when>
          <xsl:when test="$max &gt; 0 and string-length($text) &gt; $max">too-long</xsl:when>
        </xsl:choose>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$why = ''"><xsl:value-of select="concat('P||', $value)"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="concat('U|', $why, '|')"/></xsl:otherwise>
      </xsl:choose>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- a mark for each of the words that is not in the list -->
<xsl:template name="strangers">
  <xsl:param name="words"/>
  <xsl:param name="list"/>
  <xsl:if test="$words != ''">
    <xsl:if test="not(contains($list, concat(' ', substring-before(concat($words, ' '), ' '), ' ')))">!</xsl:if>
    <xsl:call-template name="strangers">
      <xsl:with-param name="words" select="substring-after($words, ' ')"/>
      <xsl:with-param name="list" select="$list"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- how many words; of a blank answer it is not known -->
<xsl:template name="words">
  <xsl:param name="t"/>
  <xsl:variable name="one" select="normalize-space(translate($t, $wide, substring($spaces, 1, 18)))"/>
  <xsl:choose>
    <xsl:when test="$t = ''"/>
    <xsl:when test="$one = ''">0</xsl:when>
    <xsl:otherwise><xsl:value-of select="string-length($one) - string-length(translate($one, ' ', '')) + 1"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ==== dates ==== -->

<xsl:template name="month-length">
  <xsl:param name="y"/>
  <xsl:param name="m"/>
  <xsl:choose>
    <xsl:when test="$m = 2 and ($y mod 400 = 0 or ($y mod 4 = 0 and $y mod 100 != 0))">29</xsl:when>
    <xsl:when test="$m = 2">28</xsl:when>
    <xsl:when test="$m = 4 or $m = 6 or $m = 9 or $m = 11">30</xsl:when>
    <xsl:otherwise>31</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- yyyymmdd when there is such a day in the years 1 to 9999 -->
<xsl:template name="day">
  <xsl:param name="y"/>
  <xsl:param name="m"/>
  <xsl:param name="d"/>
  <xsl:variable name="last">
    <xsl:call-template name="month-length">
      <xsl:with-param name="y" select="$y"/>
      <xsl:with-param name="m" select="$m"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:if test="$y &gt;= 1 and $y &lt;= 9999 and $m &gt;= 1 and $m &lt;= 12 and $d &gt;= 1 and $d &lt;= $last">
    <xsl:value-of select="format-number($y * 10000 + $m * 100 + $d, '00000000')"/>
  </xsl:if>
</xsl:template>

<!-- 2026-01-31; and day, month, year as people write them, the year in four digits from 1000 -->
<xsl:template name="read-date">
  <xsl:param name="s"/>
  <xsl:variable name="mask" select="translate($s, $digits, '##########')"/>
  <xsl:choose>
    <xsl:when test="$mask = '####-##-##'">
      <xsl:call-template name="day">
        <xsl:with-param name="y" select="number(substring($s, 1, 4))"/>
        <xsl:with-param name="m" select="number(substring($s, 6, 2))"/>
        <xsl:with-param name="d" select="number(substring($s, 9, 2))"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:when test="starts-with($mask, '#') and not(starts-with($mask, '###')) and string-length($s) &lt;= 64">
      <xsl:variable name="day-digits" select="1 + starts-with($mask, '##')"/>
      <xsl:variable name="behind" select="substring($s, $day-digits + 1)"/>
      <xsl:variable name="ending" select="substring($behind, 1, 3)"/>
      <xsl:variable name="rest">
        <xsl:choose>
          <xsl:when test="$ending = 'st ' or $ending = 'nd ' or $ending = 'rd ' or $ending = 'th '">
            <xsl:value-of select="substring($behind, 3)"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$behind"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <!-- the signs between day and month, then what stands behind them -->
      <xsl:variable name="head" select="substring(translate($rest, ' /-.,', ''), 1, 1)"/>
      <xsl:variable name="between" select="substring-before($rest, $head)"/>
      <xsl:variable name="sign" select="translate($between, ' ', '')"/>
      <xsl:variable name="tail" select="substring($rest, string-length($between) + 1)"/>
      <xsl:variable name="tail-mask" select="translate($tail, $digits, '##########')"/>
      <!-- the month: letters, or one or two digits -->
      <xsl:variable name="behind-word" select="substring(translate($tail, $letters, ''), 1, 1)"/>
      <xsl:variable name="word" select="substring-before($tail, $behind-word)"/>
      <xsl:variable name="month-digits" select="1 + starts-with($tail-mask, '##')"/>
      <xsl:variable name="month">
        <xsl:choose>
          <xsl:when test="$head = '' or string-length($sign) &gt; 1 or $sign = ','">0</xsl:when>
          <xsl:when test="starts-with($tail-mask, '#') and $between != '' and not(starts-with($tail-mask, '###'))">
            <xsl:value-of select="number(substring($tail, 1, $month-digits))"/>
          </xsl:when>
          <xsl:when test="string-length($word) &lt; 3">0</xsl:when>
          <xsl:when test="starts-with('january', $word)">1</xsl:when>
          <xsl:when test="starts-with('february', $word)">2</xsl:when>
          <xsl:when test="starts-with('march', $word)">3</xsl:when>
          <xsl:when test="starts-with('april', $word)">4</xsl:when>
          <xsl:when test="starts-with('may', $word)">5</xsl:when>
          <xsl:when test="starts-with('june', $word)">6</xsl:when>
          <xsl:when test="starts-with('july', $word)">7</xsl:when>
          <xsl:when test="starts-with('august', $word)">8</xsl:when>
          <xsl:when test="starts-with('september', $word)">9</xsl:when>
          <xsl:when test="starts-with('october', $word)">10</xsl:when>
          <xsl:when test="starts-with('november', $word)">11</xsl:when>
          <xsl:when test="starts-with('december', $word)">12</xsl:when>
          <xsl:otherwise>0</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="last">
        <xsl:choose>
          <xsl:when test="starts-with($tail-mask, '#')"><xsl:value-of select="substring($tail, $month-digits + 1)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="substring($tail, string-length($word) + 1)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="year-head" select="substring(translate($last, ' /-.,', ''), 1, 1)"/>
      <xsl:variable name="gap" select="substring-before($last, $year-head)"/>
      <xsl:variable name="gap-sign" select="translate($gap, ' ', '')"/>
      <xsl:variable name="year" select="substring($last, string-length($gap) + 1)"/>
      <xsl:if test="$year-head != '' and string-length($gap-sign) &lt;= 1 and
                    translate($year, $digits, '##########') = '####' and number($year) &gt;= 1000 and
                    (not(starts-with($tail-mask, '#')) or ($gap != '' and $gap-sign = $sign))">
        <xsl:call-template name="day">
          <xsl:with-param name="y" select="number($year)"/>
          <xsl:with-param name="m" select="number($month)"/>
          <xsl:with-param name="d" select="number(substring($s, 1, $day-digits))"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:when>
  </xsl:choose>
</xsl:template>

<!-- the corresponding day, or the month's last day when it has none -->
<xsl:template name="add-months">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:if test="$a != '' and $b != '' and number($b) &gt;= -120000 and number($b) &lt;= 120000">
    <xsl:variable name="months" select="floor($a div 10000) * 12 + floor($a div 100) mod 100 - 1 + $b"/>
    <xsl:variable name="y" select="floor($months div 12)"/>
    <xsl:variable name="m" select="$months - $y * 12 + 1"/>
    <xsl:variable name="last">
      <xsl:call-template name="month-length">
        <xsl:with-param name="y" select="$y"/>
        <xsl:with-param name="m" select="$m"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="d">
      <xsl:choose>
        <xsl:when test="$a mod 100 &gt; $last"><xsl:value-of select="$last"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$a mod 100"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="day">
      <xsl:with-param name="y" select="$y"/>
      <xsl:with-param name="m" select="$m"/>
      <xsl:with-param name="d" select="$d"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- through the Julian day number (Fliegel and Van Flandern 1968; Richards 2013) -->
<xsl:template name="add-days">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:if test="$a != '' and $b != '' and number($b) &gt;= -4000000 and number($b) &lt;= 4000000">
    <xsl:variable name="y0" select="floor($a div 10000)"/>
    <xsl:variable name="m0" select="floor($a div 100) mod 100"/>
    <xsl:variable name="early" select="number($m0 &lt;= 2)"/>
    <xsl:variable name="y1" select="$y0 + 4800 - $early"/>
    <xsl:variable name="m1" select="$m0 + 12 * $early - 3"/>
    <xsl:variable name="n" select="$a mod 100 + floor((153 * $m1 + 2) div 5) + 365 * $y1 + floor($y1 div 4) -
                                   floor($y1 div 100) + floor($y1 div 400) - 32045 + $b"/>
    <xsl:variable name="f" select="$n + 1401 + floor(floor((4 * $n + 274277) div 146097) * 3 div 4) - 38"/>
    <xsl:variable name="e" select="4 * $f + 3"/>
    <xsl:variable name="g" select="floor(($e - 1461 * floor($e div 1461)) div 4)"/>
    <xsl:variable name="h" select="5 * $g + 2"/>
    <xsl:variable name="d" select="floor(($h mod 153) div 5) + 1"/>
    <xsl:variable name="m" select="(floor($h div 153) + 2) mod 12 + 1"/>
    <xsl:variable name="y" select="floor($e div 1461) - 4716 + floor((14 - $m) div 12)"/>
    <xsl:if test="$n &gt; 0">
      <xsl:call-template name="day">
        <xsl:with-param name="y" select="$y"/>
        <xsl:with-param name="m" select="$m"/>
        <xsl:with-param name="d" select="$d"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:if>
</xsl:template>

<!-- whole months from a to b; below zero when b comes first -->
<xsl:template name="months-between">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:choose>
    <xsl:when test="$a = '' or $b = ''"/>
    <xsl:when test="number($b) &lt; number($a)">
      <xsl:variable name="back">
        <xsl:call-template name="months-between">
          <xsl:with-param name="a" select="$b"/>
          <xsl:with-param name="b" select="$a"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:value-of select="0 - $back"/>
    </xsl:when>
    <xsl:otherwise>
      <!-- a month is whole on the day of the same number, or on the month's last day -->
      <xsl:variable name="last">
        <xsl:call-template name="month-length">
          <xsl:with-param name="y" select="floor($b div 10000)"/>
          <xsl:with-param name="m" select="floor($b div 100) mod 100"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:value-of select="(floor($b div 10000) - floor($a div 10000)) * 12 +
                            floor($b div 100) mod 100 - floor($a div 100) mod 100 -
                            number($b mod 100 &lt; $a mod 100 and $b mod 100 &lt; $last)"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- the first (sign 1) or last (sign -1) of days that stand with a space behind each; "?" is one
     that cannot be read, so nothing is known -->
<xsl:template name="first-day">
  <xsl:param name="days"/>
  <xsl:param name="sign"/>
  <xsl:param name="best"/>
  <xsl:choose>
    <xsl:when test="contains($days, '?')"/>
    <xsl:when test="$days = ''"><xsl:value-of select="$best"/></xsl:when>
    <xsl:otherwise>
      <xsl:variable name="one" select="substring-before($days, ' ')"/>
      <xsl:call-template name="first-day">
        <xsl:with-param name="days" select="substring-after($days, ' ')"/>
        <xsl:with-param name="sign" select="$sign"/>
        <xsl:with-param name="best">
          <xsl:choose>
            <xsl:when test="$best = '' or $sign * $one &lt; $sign * $best"><xsl:value-of select="$one"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$best"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- a day; or a month or a year, which is any of its days: "first last" -->
<xsl:template name="read-part-date">
  <xsl:param name="s"/>
  <xsl:variable name="mask" select="translate($s, $digits, '##########')"/>
  <xsl:variable name="day">
    <xsl:call-template name="read-date"><xsl:with-param name="s" select="$s"/></xsl:call-template>
  </xsl:variable>
  <!-- what stands before the year, and the signs between the two -->
  <xsl:variable name="year">
    <xsl:choose>
      <xsl:when test="$mask = '####-##'"><xsl:value-of select="substring($s, 1, 4)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="substring($s, string-length($s) - 3)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="before" select="substring($s, 1, string-length($s) - 4)"/>
  <xsl:variable name="month-typed" select="translate($before, ' /-.,', '')"/>
  <xsl:variable name="signs" select="substring($before, string-length($month-typed) + 1)"/>
  <xsl:variable name="sign" select="translate($signs, ' ', '')"/>
  <xsl:variable name="month">
    <xsl:choose>
      <xsl:when test="$mask = '####'">all</xsl:when>
      <xsl:when test="$mask = '####-##'"><xsl:value-of select="number(substring($s, 6))"/></xsl:when>
      <xsl:when test="concat($month-typed, $signs) != $before or string-length($sign) &gt; 1"/>
      <xsl:when test="translate($month-typed, $digits, '') = ''">
        <xsl:if test="string-length($month-typed) &lt;= 2 and $month-typed != '' and $signs != '' and $sign != ','">
          <xsl:value-of select="number($month-typed)"/>
        </xsl:if>
      </xsl:when>
      <xsl:when test="string-length($month-typed) &gt;= 3 and translate($month-typed, $letters, '') = ''">
        <xsl:variable name="names" select="' january february march april may june july august september october november december'"/>
        <xsl:if test="contains($names, concat(' ', $month-typed))">
          <xsl:variable name="through" select="substring-before($names, concat(' ', $month-typed))"/>
          <xsl:value-of select="1 + string-length($through) - string-length(translate($through, ' ', ''))"/>
        </xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="$day != ''"><xsl:value-of select="concat($day, ' ', $day)"/></xsl:when>
    <xsl:when test="string-length($s) &gt; 64 or translate($year, $digits, '##########') != '####' or number($year) &lt; 1000"/>
    <xsl:when test="$month = 'all'"><xsl:value-of select="concat($year, '0101 ', $year, '1231')"/></xsl:when>
    <xsl:when test="$month &gt;= 1 and $month &lt;= 12">
      <xsl:value-of select="concat($year, format-number($month, '00'), '01 ', $year, format-number($month, '00'))"/>
      <xsl:call-template name="month-length">
        <xsl:with-param name="y" select="number($year)"/>
        <xsl:with-param name="m" select="number($month)"/>
      </xsl:call-template>
    </xsl:when>
  </xsl:choose>
</xsl:template>

<!-- ==== money: pounds, thousands parted by commas or not at all, and pence ==== -->

<xsl:template name="read-money">
  <xsl:param name="s"/>
  <xsl:variable name="head" select="substring(translate($s, '-&#xA3; ', ''), 1, 1)"/>
  <xsl:variable name="signs" select="translate(substring-before($s, $head), ' ', '')"/>
  <xsl:variable name="amount" select="substring($s, 1 + string-length(substring-before($s, $head)))"/>
  <xsl:variable name="pounds" select="substring-before(concat($amount, '.'), '.')"/>
  <xsl:variable name="mask" select="translate($pounds, $digits, '##########')"/>
  <xsl:variable name="first" select="substring-before(concat($mask, ','), ',')"/>
  <xsl:variable name="more" select="substring-after($mask, ',')"/>
  <xsl:variable name="pence" select="substring-after($amount, '.')"/>
  <xsl:variable name="pence-mask" select="translate($pence, $digits, '##########')"/>
  <xsl:if test="$head != '' and string-length($s) &lt;= 64 and
                ($signs = '' or $signs = '-' or $signs = '&#xA3;' or $signs = '-&#xA3;' or $signs = '&#xA3;-') and
                translate($first, '#', '') = '' and $first != '' and
                (not(contains($mask, ',')) or
                 (string-length($first) &lt;= 3 and
                  ($more = '###' or $more = '###,###' or $more = '###,###,###'))) and
                string-length(translate($mask, ',', '')) &lt;= 12 and
                (not(contains($amount, '.')) or $pence-mask = '#' or $pence-mask = '##')">
    <xsl:variable name="all" select="number(translate($pounds, ',', '')) * 100 + number(substring(concat($pence, '00'), 1, 2))"/>
    <xsl:if test="contains($signs, '-') and $all != 0">-</xsl:if>
    <xsl:value-of select="format-number($all, '0')"/>
  </xsl:if>
</xsl:template>

<!-- ==== whole numbers of 64 bits ==== -->

<xsl:template name="no-zeros">
  <xsl:param name="s"/>
  <xsl:choose>
    <xsl:when test="starts-with($s, '0') and string-length($s) &gt; 1">
      <xsl:call-template name="no-zeros"><xsl:with-param name="s" select="substring($s, 2)"/></xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$s"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="read-number">
  <xsl:param name="s"/>
  <xsl:variable name="signed" select="number(starts-with($s, '-') or starts-with($s, '+'))"/>
  <xsl:variable name="typed" select="substring($s, 1 + $signed)"/>
  <xsl:if test="$typed != '' and translate($typed, $digits, '') = '' and string-length($s) &lt;= 64">
    <xsl:variable name="size">
      <xsl:call-template name="no-zeros"><xsl:with-param name="s" select="$typed"/></xsl:call-template>
    </xsl:variable>
    <xsl:variable name="n">
      <xsl:if test="starts-with($s, '-') and $size != '0'">-</xsl:if>
      <xsl:value-of select="$size"/>
    </xsl:variable>
    <xsl:variable name="most">
      <xsl:call-template name="order-numbers">
        <xsl:with-param name="a" select="string($n)"/>
        <xsl:with-param name="b" select="'9223372036854775807'"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="least">
      <xsl:call-template name="order-numbers">
        <xsl:with-param name="a" select="string($n)"/>
        <xsl:with-param name="b" select="'-9223372036854775808'"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="$most &lt;= 0 and $least &gt;= 0"><xsl:value-of select="$n"/></xsl:if>
  </xsl:if>
</xsl:template>

<!-- -1, 0 or 1: by sign, then by how many digits, then nine digits at a time -->
<xsl:template name="order-numbers">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:variable name="below" select="starts-with($a, '-')"/>
  <xsl:choose>
    <xsl:when test="$below and not(starts-with($b, '-'))">-1</xsl:when>
    <xsl:when test="not($below) and starts-with($b, '-')">1</xsl:when>
    <xsl:when test="$below">
      <xsl:call-template name="order-sizes">
        <xsl:with-param name="a" select="substring($b, 2)"/>
        <xsl:with-param name="b" select="substring($a, 2)"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="order-sizes">
        <xsl:with-param name="a" select="$a"/>
        <xsl:with-param name="b" select="$b"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="order-sizes">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:choose>
    <xsl:when test="string-length($a) &lt; string-length($b)">-1</xsl:when>
    <xsl:when test="string-length($a) &gt; string-length($b)">1</xsl:when>
    <xsl:when test="$a = ''">0</xsl:when>
    <xsl:when test="number(substring($a, 1, 9)) &lt; number(substring($b, 1, 9))">-1</xsl:when>
    <xsl:when test="number(substring($a, 1, 9)) &gt; number(substring($b, 1, 9))">1</xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="order-sizes">
        <xsl:with-param name="a" select="substring($a, 10)"/>
        <xsl:with-param name="b" select="substring($b, 10)"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ==== lengths of time ==== -->

<xsl:variable name="units" select="' day:1:d:n days:1:d:n week:1:w:n weeks:1:w:n fortnight:2:w: month:1:m:n months:1:m:n quarter:3:m: year:1:y:n years:1:y:n daily:1:d: weekly:1:w:n fortnightly:2:w: monthly:1:m:n quarterly:3:m: yearly:1:y:n annually:1:y: annual:1:y: '"/>
<xsl:variable name="counts" select="' one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 '"/>

<!-- what s begins with as a whole word, with the spaces and dashes behind it taken off; "!" when
     it does not begin with the word -->
<xsl:template name="behind-word">
  <xsl:param name="s"/>
  <xsl:param name="word"/>
  <xsl:choose>
    <xsl:when test="starts-with($s, $word) and
                    translate(substring($s, string-length($word) + 1, 1), $letters, '') =
                    substring($s, string-length($word) + 1, 1)">
      <xsl:call-template name="no-signs">
        <xsl:with-param name="s" select="substring($s, string-length($word) + 1)"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>!</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="no-signs">
  <xsl:param name="s"/>
  <xsl:choose>
    <xsl:when test="starts-with($s, ' ') or starts-with($s, '-')">
      <xsl:call-template name="no-signs"><xsl:with-param name="s" select="substring($s, 2)"/></xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$s"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- "n unit", unit being d, w, m or y -->
<xsl:template name="read-interval">
  <xsl:param name="s"/>
  <xsl:variable name="mask" select="translate($s, $digits, '##########')"/>
  <xsl:choose>
    <xsl:when test="string-length($s) &gt; 64 or $s = ''"/>
    <xsl:when test="starts-with($mask, 'p#')">
      <xsl:variable name="n" select="translate($s, 'pdwmy', '')"/>
      <xsl:variable name="unit" select="substring($s, string-length($s))"/>
      <xsl:if test="string-length($n) = string-length($s) - 2 and translate($n, $digits, '') = '' and
                    string-length($n) &lt;= 6 and translate($unit, 'dwmy', '') = '' and
                    $n &gt;= 1 and $n &lt;= 100000">
        <xsl:value-of select="concat(number($n), ' ', $unit)"/>
      </xsl:if>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="a">
        <xsl:call-template name="behind-word"><xsl:with-param name="s" select="$s"/><xsl:with-param name="word" select="'every'"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="b">
        <xsl:call-template name="behind-word"><xsl:with-param name="s" select="$s"/><xsl:with-param name="word" select="'each'"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="c">
        <xsl:call-template name="behind-word"><xsl:with-param name="s" select="$s"/><xsl:with-param name="word" select="'once a'"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="d">
        <xsl:call-template name="behind-word"><xsl:with-param name="s" select="$s"/><xsl:with-param name="word" select="'once every'"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="how-often">
        <xsl:choose>
          <xsl:when test="$a != '!'"><xsl:value-of select="$a"/></xsl:when>
          <xsl:when test="$b != '!'"><xsl:value-of select="$b"/></xsl:when>
          <xsl:when test="$c != '!'"><xsl:value-of select="$c"/></xsl:when>
          <xsl:when test="$d != '!'"><xsl:value-of select="$d"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$s"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="behind-digits" select="substring(translate($how-often, $digits, ''), 1, 1)"/>
      <xsl:variable name="typed" select="substring-before($how-often, $behind-digits)"/>
      <xsl:variable name="other">
        <xsl:call-template name="behind-word"><xsl:with-param name="s" select="$how-often"/><xsl:with-param name="word" select="'other'"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="behind-letters" select="substring(translate($how-often, $letters, ''), 1, 1)"/>
      <xsl:variable name="first" select="substring-before(concat($how-often, '!'), substring(concat($behind-letters, '!'), 1, 1))"/>
      <!-- how many: digits, "other" behind "every" and the like, or a word -->
      <xsl:variable name="n">
        <xsl:choose>
          <xsl:when test="$typed != ''"><xsl:value-of select="$typed"/></xsl:when>
          <xsl:when test="$other != '!' and $how-often != $s">2</xsl:when>
          <xsl:when test="$first != '' and contains($counts, concat(' ', $first, ':'))">
            <xsl:value-of select="substring-before(substring-after($counts, concat(' ', $first, ':')), ' ')"/>
          </xsl:when>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="unit-typed">
        <xsl:choose>
          <xsl:when test="$typed != ''">
            <xsl:call-template name="no-signs"><xsl:with-param name="s" select="substring-after($how-often, $typed)"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$n = 2 and $other != '!' and $how-often != $s"><xsl:value-of select="$other"/></xsl:when>
          <xsl:when test="$n != ''">
            <xsl:call-template name="no-signs"><xsl:with-param name="s" select="substring-after($how-often, $first)"/></xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$how-often"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="unit-word">
        <xsl:variable name="signs" select="translate($unit-typed, $letters, '')"/>
        <xsl:variable name="word" select="substring($unit-typed, 1, string-length($unit-typed) - string-length($signs))"/>
        <xsl:if test="translate($signs, ' -', '') = '' and concat($word, $signs) = $unit-typed">
          <xsl:value-of select="$word"/>
        </xsl:if>
      </xsl:variable>
      <xsl:variable name="row" select="substring-before(substring-after($units, concat(' ', $unit-word, ':')), ' ')"/>
      <xsl:variable name="times" select="substring-before($row, ':')"/>
      <xsl:variable name="unit" select="substring-before(substring-after($row, ':'), ':')"/>
      <xsl:if test="$unit-word != '' and $row != '' and string-length($typed) &lt;= 6 and
                    ($n = '' or ($n &gt;= 1 and substring($row, string-length($row)) = 'n'))">
        <xsl:variable name="all">
          <xsl:choose>
            <xsl:when test="$n = ''"><xsl:value-of select="$times"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$n * $times"/></xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <xsl:if test="$all &lt;= 100000"><xsl:value-of select="concat($all, ' ', $unit)"/></xsl:if>
      </xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The fewest or the most days of a number of months: those of the years in it, with as few or as
     many leap years as there can be, and of the months that are left, beginning in the month that
     makes them fewest (February) or most (July, December). -->
<xsl:template name="days-of-months">
  <xsl:param name="n"/>
  <xsl:param name="most"/>
  <xsl:variable name="years" select="floor($n div 12)"/>
  <xsl:variable name="left" select="3 * ($n mod 12) + 1"/>
  <xsl:variable name="leap" select="floor($years div 4) - floor($years div 100) - 1"/>
  <xsl:choose>
    <xsl:when test="$most">
      <xsl:value-of select="$years * 365 + ceiling($years div 4) +
                            substring('000031062092123153184215245276306337', $left, 3)"/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:value-of select="$years * 365 + $leap * ($leap &gt; 0) +
                            substring('000028059089120150181212242273303334', $left, 3)"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ==== truth ==== -->

<!-- what an order (-1, 0, 1, or nothing when it is not known) says to an operator -->
<xsl:template name="holds">
  <xsl:param name="order"/>
  <xsl:param name="op"/>
  <xsl:choose>
    <xsl:when test="$order = ''">U</xsl:when>
    <xsl:when test="($op = 'eq' and $order = 0) or ($op = 'ne' and $order != 0) or
                    ($op = 'lt' and $order &lt; 0) or ($op = 'le' and $order &lt;= 0) or
                    ($op = 'gt' and $order &gt; 0) or ($op = 'ge' and $order &gt;= 0)">T</xsl:when>
    <xsl:otherwise>F</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="compare-dates">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:call-template name="holds">
    <xsl:with-param name="order">
      <xsl:if test="$a != '' and $b != ''">
        <xsl:value-of select="(number($a) &gt; number($b)) - (number($a) &lt; number($b))"/>
      </xsl:if>
    </xsl:with-param>
    <xsl:with-param name="op" select="$op"/>
  </xsl:call-template>
</xsl:template>

<!-- two stretches of days: what is so whichever days they are -->
<xsl:template name="compare-part-dates">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:variable name="a1" select="substring-before($a, ' ')"/>
  <xsl:variable name="a2" select="substring-after($a, ' ')"/>
  <xsl:variable name="b1" select="substring-before($b, ' ')"/>
  <xsl:variable name="b2" select="substring-after($b, ' ')"/>
  <xsl:variable name="ends">
    <xsl:if test="number($a1) &lt; number($b2)">
      <xsl:call-template name="holds"><xsl:with-param name="order" select="-1"/><xsl:with-param name="op" select="$op"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="number($a1) &lt;= number($b2) and number($b1) &lt;= number($a2)">
      <xsl:call-template name="holds"><xsl:with-param name="order" select="0"/><xsl:with-param name="op" select="$op"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="number($a2) &gt; number($b1)">
      <xsl:call-template name="holds"><xsl:with-param name="order" select="1"/><xsl:with-param name="op" select="$op"/></xsl:call-template>
    </xsl:if>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="$a = '' or $b = ''">U</xsl:when>
    <xsl:when test="not(contains($ends, 'F'))">T</xsl:when>
    <xsl:when test="not(contains($ends, 'T'))">F</xsl:when>
    <xsl:otherwise>U</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="compare-numbers">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:call-template name="holds">
    <xsl:with-param name="order">
      <xsl:if test="$a != '' and $b != ''">
        <xsl:call-template name="order-numbers">
          <xsl:with-param name="a" select="string($a)"/>
          <xsl:with-param name="b" select="string($b)"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:with-param>
    <xsl:with-param name="op" select="$op"/>
  </xsl:call-template>
</xsl:template>

<!-- text and choices: the same or not -->
<xsl:template name="compare-texts">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:call-template name="holds">
    <xsl:with-param name="order">
      <xsl:if test="$a != '' and $b != ''"><xsl:value-of select="number($a != $b)"/></xsl:if>
    </xsl:with-param>
    <xsl:with-param name="op" select="$op"/>
  </xsl:call-template>
</xsl:template>

<xsl:template name="compare-truths">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:choose>
    <xsl:when test="$a = 'U' or $b = 'U'">U</xsl:when>
    <xsl:when test="($a = $b) = ($op = 'eq')">T</xsl:when>
    <xsl:otherwise>F</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Days and weeks exactly; months and years exactly; one against the other by what is so
     whichever months they are: true when it holds at both ends, false when at neither. -->
<xsl:template name="compare-intervals">
  <xsl:param name="a"/>
  <xsl:param name="op"/>
  <xsl:param name="b"/>
  <xsl:variable name="a-unit" select="substring-after($a, ' ')"/>
  <xsl:variable name="b-unit" select="substring-after($b, ' ')"/>
  <xsl:variable name="a-n" select="substring-before($a, ' ') * (1 + 6 * ($a-unit = 'w') + 11 * ($a-unit = 'y'))"/>
  <xsl:variable name="b-n" select="substring-before($b, ' ') * (1 + 6 * ($b-unit = 'w') + 11 * ($b-unit = 'y'))"/>
  <xsl:variable name="a-days" select="$a-unit = 'd' or $a-unit = 'w'"/>
  <xsl:variable name="b-days" select="$b-unit = 'd' or $b-unit = 'w'"/>
  <xsl:choose>
    <xsl:when test="$a = '' or $b = ''">U</xsl:when>
    <xsl:when test="$a-days = $b-days">
      <xsl:call-template name="holds">
        <xsl:with-param name="order" select="($a-n &gt; $b-n) - ($a-n &lt; $b-n)"/>
        <xsl:with-param name="op" select="$op"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="months" select="$a-n * not($a-days) + $b-n * not($b-days)"/>
      <xsl:variable name="days" select="$a-n * $a-days + $b-n * $b-days"/>
      <xsl:variable name="least">
        <xsl:call-template name="days-of-months">
          <xsl:with-param name="n" select="$months"/>
          <xsl:with-param name="most" select="false()"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:variable name="most">
        <xsl:call-template name="days-of-months">
          <xsl:with-param name="n" select="$months"/>
          <xsl:with-param name="most" select="true()"/>
        </xsl:call-template>
      </xsl:variable>
      <!-- every order that there can be, as the operator sees a and b -->
      <xsl:variable name="way" select="1 - 2 * $b-days"/>
      <xsl:variable name="ends">
        <xsl:if test="$days &lt; $most">
          <xsl:call-template name="holds">
            <xsl:with-param name="order" select="-1 * $way"/>
            <xsl:with-param name="op" select="$op"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="$days &gt;= $least and $days &lt;= $most">
          <xsl:call-template name="holds">
            <xsl:with-param name="order" select="0"/>
            <xsl:with-param name="op" select="$op"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="$days &gt; $least">
          <xsl:call-template name="holds">
            <xsl:with-param name="order" select="$way"/>
            <xsl:with-param name="op" select="$op"/>
          </xsl:call-template>
        </xsl:if>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="not(contains($ends, 'F'))">T</xsl:when>
        <xsl:when test="not(contains($ends, 'T'))">F</xsl:when>
        <xsl:otherwise>U</xsl:otherwise>
      </xsl:choose>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="and">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:choose>
    <xsl:when test="$a = 'F' or $b = 'F'">F</xsl:when>
    <xsl:when test="$a = 'T' and $b = 'T'">T</xsl:when>
    <xsl:otherwise>U</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="or">
  <xsl:param name="a"/>
  <xsl:param name="b"/>
  <xsl:choose>
    <xsl:when test="$a = 'T' or $b = 'T'">T</xsl:when>
    <xsl:when test="$a = 'F' and $b = 'F'">F</xsl:when>
    <xsl:otherwise>U</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ==== findings: path, rule, severity, why, a tab between ==== -->

<xsl:template name="say">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="why"/>
  <xsl:value-of select="concat($path, '&#x9;', $rule, '&#x9;', $severity, '&#x9;', $why, '&#xA;')"/>
</xsl:template>

<xsl:template name="must">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="truth"/>
  <xsl:if test="$truth = 'F'">
    <xsl:call-template name="say">
      <xsl:with-param name="path" select="$path"/>
      <xsl:with-param name="rule" select="$rule"/>
      <xsl:with-param name="severity" select="$severity"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- a reason that was given by or for the person is told as advice; the others do not do -->
<xsl:template name="required">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="truth"/>
  <xsl:param name="answer"/>
  <xsl:variable name="why" select="substring-before(substring-after($answer, '|'), '|')"/>
  <xsl:if test="$truth = 'T' and starts-with($answer, 'A')">
    <xsl:call-template name="say">
      <xsl:with-param name="path" select="$path"/>
      <xsl:with-param name="rule" select="$rule"/>
      <xsl:with-param name="severity">
        <xsl:choose>
          <xsl:when test="$why = 'asked-declined' or $why = 'asked-unknown' or $why = 'not-applicable'">advice</xsl:when>
          <xsl:otherwise><xsl:value-of select="$severity"/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="why" select="$why"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- a question for people is put when its condition is true; without one, always -->
<xsl:template name="human">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="truth"/>
  <xsl:if test="$truth = 'T'">
    <xsl:call-template name="say">
      <xsl:with-param name="path" select="$path"/>
      <xsl:with-param name="rule" select="$rule"/>
      <xsl:with-param name="severity" select="$severity"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="asked">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="truth"/>
  <xsl:param name="answer"/>
  <xsl:if test="$truth != 'T' and not(starts-with($answer, 'A'))">
    <xsl:call-template name="say">
      <xsl:with-param name="path" select="$path"/>
      <xsl:with-param name="rule" select="$rule"/>
      <xsl:with-param name="severity" select="$severity"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="type">
  <xsl:param name="path"/>
  <xsl:param name="rule"/>
  <xsl:param name="severity"/>
  <xsl:param name="answer"/>
  <xsl:if test="starts-with($answer, 'U')">
    <xsl:call-template name="say">
      <xsl:with-param name="path" select="$path"/>
      <xsl:with-param name="rule" select="$rule"/>
      <xsl:with-param name="severity" select="$severity"/>
      <xsl:with-param name="why" select="substring-before(substring-after($answer, '|'), '|')"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
