# Draws results with a goal, lines of benchmark, row, number, unit, goal, as bars: how much of the
# goal is used up. Beyond the line it is missed.
$5 ~ /^[<>]=/ {
  share = $3 / substr($5, 3)
  if ($5 ~ /^>=/ && $3 > 0) share = 1 / share
  row[++rows] = $2
  said[rows] = $3 " " $4 ", goal " substr($5, 1, 1) "= " substr($5, 3)
  part[rows] = share
}
function escaped(text) {
  gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
  return text
}
END {
  left = 450; goal = 240; most = 1.6; step = 30; top = 34; width = left + goal * most + 230
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", width, top + rows * step + 12
  print "<style>text{fill:#222}.met{fill:#2b7a78}.missed{fill:#c2571a}line{stroke:#222}" \
    "@media(prefers-color-scheme:dark){text{fill:#ddd}line{stroke:#ddd}}</style>"
  for (i = 1; i <= rows; i++) {
    y = top + (i - 1) * step
    long = goal * (part[i] > most ? most : part[i])
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left - 10, y + 16, escaped(row[i])
    printf "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\"/>\n", part[i] <= 1 ? "met" : "missed", left, y + 1, long < 1 ? 1 : long
    printf "<text x=\"%.1f\" y=\"%d\">%s</text>\n", left + (long > goal ? long : goal) + 8, y + 16, escaped(said[i])
  }
  printf "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n", left + goal, left + goal, top - 8, top + rows * step
  printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">the goal</text>\n</svg>\n", left + goal, top - 14
}
