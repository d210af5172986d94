# What the rules give beside what NHS England published: the report in compared.md, which a test holds against a fresh
# one.
#   awk -f compare.awk PUBLISHED.csv Q1.csv Q2.csv
# PUBLISHED.csv is the shipped data file; Q1.csv and Q2.csv are what `assay run --draft --as-at 2025-06-30` and
# `--as-at 2025-09-30` print with `--format csv`.

BEGIN {
  FS = ","
  # code of the score, rule that gives it, code of the raw value, how
  metrics = split("OF1079 planned_surplus_from_value OF0079 bands|OF1081 variance_from_value OF0081 bands|" \
                  "OF1080 finance_from_values OF0079 bands|OF1061 raising_concerns_from_value OF0061 whole|" \
                  "OF1084 staff_engagement_from_value OF0084 whole|OF1005 community_waits_placed OF0005 line|" \
                  "OF1041 children_access_placed OF0041 line|OF1057 urgent_response_placed OF0057 line|" \
                  "OF1082 sickness_absence_placed OF0082 line|OF1086 relative_cost_placed OF0086 line|" \
                  "OF1016 crisis_response_placed OF0016 midway|OF1063 long_stays_placed OF0063 midway", listed, "|")
  for (i = 1; i <= metrics; ++i) {
    split(listed[i], part, " ")
    code[i] = part[1]; rule_of[i] = part[2]; raw[i] = part[3]; how[i] = part[4]
  }
  says["bands"] = "bands"; says["whole"] = "rank, whole group held"
  says["line"] = "placed on the line of its neighbours"; says["midway"] = "placed midway between its neighbours"
  why["bands"] = "a value beyond the edges seen, or a pair of scores not seen"
  why["whole"] = "equal to others as displayed; ranked on values that are not rounded"
  why["line"] = "trusts that are not held lie unevenly between its neighbours"
  why["midway"] = why["line"]
  at_an_end = "first or last of those held: both neighbours lie on one side"
  at_the_floor = "last above the floor: one neighbour lies below it"
}

function apart(a, b) { return a > b ? a - b : b - a }
function within(a, b, most) { return apart(a, b) <= most + 0.0000001 }

{ gsub(/\r/, "") }
# A comma within quotes is no separator.
/"/ {
  line = ""
  pieces = split($0, piece, "\"")
  for (i = 1; i <= pieces; ++i) { if (i % 2 == 0) gsub(/,/, ";", piece[i]); line = line piece[i] }
  $0 = line
}

FNR == 1 { ++file }

file == 1 && FNR == 1 { for (i = 1; i <= NF; ++i) heading[i] = $i; next }
file == 1 {
  quarter = substr($1, 1, 2)
  trusts[++rows] = $2; quarter_of[rows] = quarter
  for (i = 1; i <= NF; ++i) published[quarter, $2, heading[i]] = $i
  next
}

$4 ~ /^nhse\.oversight/ {
  quarter = "Q" (file - 1); trust = substr($1, 7); name = $4; sub(/.*\./, "", name)
  status[quarter, trust, name] = $6; value[quarter, trust, name] = $7
  low[quarter, trust, name] = $8; high[quarter, trust, name] = $9
}

# Why a score differs: by how it was worked out, and where the trust stands among those held.
function reason(quarter, trust, m, rank_name, i, rank, worse, worse_above_floor) {
  if (how[m] == "bands" || how[m] == "whole") return why[how[m]]
  rank_name = rule_of[m]; sub(/_placed$/, "_rank", rank_name)
  rank = value[quarter, trust, rank_name]
  for (i = 1; i <= rows; ++i) {
    if (quarter_of[i] != quarter || status[quarter, trusts[i], rank_name] != "known") continue
    if (value[quarter, trusts[i], rank_name] + 0 <= rank + 0) continue
    ++worse
    worse_above_floor += published[quarter, trusts[i], code[m]] < 4
  }
  if (rank == 1 || !worse) return at_an_end
  return code[m] == "OF1057" && !worse_above_floor ? at_the_floor : why[how[m]]
}

# Whether a score was worked out with published scores of others, and not from raw values alone.
function leans(m) { return how[m] == "line" || how[m] == "midway" }

# Whether a rule's answer is the published one, to within `most`.
function agrees(quarter, trust, name, heading, most) {
  return status[quarter, trust, name] == "known" && \
         within(value[quarter, trust, name], published[quarter, trust, heading], most)
}

END {
  for (r = 1; r <= rows; ++r) {
    q = quarter_of[r]; t = trusts[r]
    average += agrees(q, t, "average_score", "OF5002", 0.01)
    unadjusted += agrees(q, t, "unadjusted_segment", "OF5003", 0)
    adjusted += agrees(q, t, "segment", "OF5000", 0)
    final += agrees(q, t, "final_segment", "OF5005", 0)
    if (published[q, t, "OF5004"] == 1) { ++in_deficit; spared += value[q, t, "segment"] <= 2 }
    if (published[q, t, "OF5007"] == 1) from_three += value[q, t, "segment"] == 3
    open_quartile += status[q, t, "own_quartile"] == "unknown"
    holds_quartile += low[q, t, "own_quartile"] <= published[q, t, "OF5003"] && \
                      high[q, t, "own_quartile"] >= published[q, t, "OF5003"]
    for (m = 1; m <= metrics; ++m) {
      given = published[q, t, code[m]]
      if (given == "" || published[q, t, raw[m]] == "") continue
      ++of[m]; ++all[leans(m)]
      if (agrees(q, t, rule_of[m], code[m], 0.05)) { ++equal[m]; ++all_equal[leans(m)] } else {
        gives = status[q, t, rule_of[m]] == "known" ? value[q, t, rule_of[m]] : status[q, t, rule_of[m]]
        rest[++others] = sprintf("| %s | %s | %s | %s | %s | %s | %s |", q, t, code[m], published[q, t, raw[m]],
                                 given, gives, reason(q, t, m))
      }
      formula = rule_of[m]; sub(/_placed$/, "_from_value", formula)
      if (formula == rule_of[m]) continue
      ++ranged
      lower = status[q, t, formula] == "known" ? value[q, t, formula] : low[q, t, formula]
      upper = status[q, t, formula] == "known" ? value[q, t, formula] : high[q, t, formula]
      wide += upper - lower
      contained += given >= lower - 0.0000001 && given <= upper + 0.0000001
    }
  }
  print "# What the rules give beside what was published"
  print ""
  print "NHS Oversight Framework 2025/26, " rows " trust-quarters. Written by `compare.awk`; not to be edited by hand."
  print ""
  print "| of " rows " trust-quarters | equal |"
  print "| --- | --- |"
  print "| average, to 0.01 | " average " |"
  print "| segment before the override (read, not worked out) | " unadjusted " |"
  print "| segment after the override | " adjusted " |"
  print "| final segment | " final " |"
  print "| in deficit | " in_deficit ", of them in segment 1 or 2: " spared + 0 " |"
  print "| in recovery support from segment 3 | " from_three " |"
  print "| quarter of all trusts, from those held | undetermined for " open_quartile \
        ", the published one in range for " holds_quartile " |"
  print ""
  print "| metric | scores | equal to 0.05 | how |"
  print "| --- | --- | --- | --- |"
  for (m = 1; m <= metrics; ++m) print "| " code[m] " | " of[m] " | " equal[m] + 0 " | " says[how[m]] " |"
  print ""
  print "| taken together | scores | equal to 0.05 |"
  print "| --- | --- | --- |"
  printf "| worked out from raw values alone | %d | %d, %.1f%% |\n", all[0], all_equal[0], 100 * all_equal[0] / all[0]
  printf "| placed by the published scores of two neighbours | %d | %d, %.1f%% |\n", all[1], all_equal[1], \
         100 * all_equal[1] / all[1]
  printf "| both | %d | %d, %.1f%% |\n", all[0] + all[1], all_equal[0] + all_equal[1], \
         100 * (all_equal[0] + all_equal[1]) / (all[0] + all[1])
  print ""
  print "The second line is no recomputation: it reads published scores, though never the trust's own. From raw values"
  print "alone these " ranged " are not determined, since most of their group is not held. By the manual's formula, with"
  printf "the trusts not held as unknown, each has a range, %.2f wide on average of at most 3, and the published score\n", \
         wide / ranged
  print "lies in it for " contained " of " ranged "."
  print ""
  print "## The rest"
  print ""
  print "| quarter | trust | score | value | published | ours | reason |"
  print "| --- | --- | --- | --- | --- | --- | --- |"
  for (i = 1; i <= others; ++i) print rest[i]
}
