# Makes a pgbench script of what PostgreSQL logged for one request, so that the
# limit has the very statements that the application sends. What differs from
# person to person becomes a variable; every other bound value a constant, which
# goes to the file `constants` as name=value.
#   TOKEN=… USER_ID=… ASSESSMENT=… KEY=… awk -v constants=FILE -f limit.awk LOG

BEGIN {
  varies[ENVIRON["TOKEN"]] = ":token"
  varies[ENVIRON["USER_ID"]] = ":user"
  varies[ENVIRON["ASSESSMENT"]] = ":assessment"
  varies[ENVIRON["KEY"]] = ":key"
  quote = sprintf("%c", 39)
  printf "" > constants
}

/^LOG:  (execute [^:]*|statement): / {
  finish()
  sub(/^LOG:  (execute [^:]*|statement): /, "")
  sql = $0
}

/^DETAIL:  parameters: / {
  sub(/^DETAIL:  parameters: /, "")
  rest = $0
  while (match(rest, /^(, )?\$[0-9]+ = /)) {
    number = substr(rest, 1, RLENGTH)
    gsub(/[^0-9]/, "", number)
    rest = substr(rest, RLENGTH + 1)
    bound[number] = value()
  }
}

END { finish() }

# The value at the beginning of `rest`, which it is taken from: NULL or quoted,
# with a quote inside written twice. Answers what stands for it in the script.
function value(    text, position) {
  if (rest ~ /^NULL/) { rest = substr(rest, 5); return "NULL" }
  rest = substr(rest, 2)
  text = ""
  while ((position = index(rest, quote)) > 0) {
    text = text substr(rest, 1, position - 1)
    rest = substr(rest, position + 1)
    if (substr(rest, 1, 1) != quote) break
    text = text quote
    rest = substr(rest, 2)
  }
  if (text in varies) return varies[text]
  print "c" ++made "=" text > constants
  return ":c" made
}

function finish(    line, number) {
  if (sql == "") return
  line = ""
  while (match(sql, /\$[0-9]+/)) {
    number = substr(sql, RSTART + 1, RLENGTH - 1)
    line = line substr(sql, 1, RSTART - 1) bound[number]
    sql = substr(sql, RSTART + RLENGTH)
  }
  print line sql ";"
  sql = ""
  split("", bound)
}
