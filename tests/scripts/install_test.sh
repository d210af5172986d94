#!/usr/bin/env bash
# scripts/install with a package manager of our own: what it asks for, how often, and what it says to whom. Installs
# nothing. One argument: the project's root.
set -euo pipefail
root=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"

# dpkg-query knows every package but those in the file `missing`; apt-get notes what it is asked and installs it.
cat >"$place/bin/dpkg-query" <<FAKE
#!/usr/bin/env bash
# Says whether a package is installed.
grep -qx -- "\${*: -1}" $place/missing && exit 1
echo installed
FAKE
cat >"$place/bin/apt-get" <<FAKE
#!/usr/bin/env bash
# Notes the words it was called with.
echo "\$*" >>$place/asked
[[ -e $place/broken ]] && { echo "no route to the mirror"; exit 100; }
case "\$*" in *install*) : >$place/missing ;; esac
FAKE
cat >"$place/bin/id" <<FAKE
#!/usr/bin/env bash
# Who runs it.
cat $place/uid
FAKE
chmod +x "$place"/bin/*
# Nothing else is to be found, sudo least of all.
for tool in bash sed mktemp rm tail grep cat env; do ln -s "$(command -v $tool)" "$place/bin/$tool"; done

failed=0
check() { # WHAT, then a command that must hold
  local what=$1
  shift
  if "$@"; then echo "ok: $what"; else echo "FAILED: $what"; failed=1; fi
}
run() { # sets status, and files out and err
  : >"$place/asked"
  status=0
  PATH="$place/bin" "$root/scripts/install" </dev/null >"$place/out" 2>"$place/err" || status=$?
}
asked() { grep -c "$1" "$place/asked" || true; }

echo 0 >"$place/uid"
: >"$place/missing"
run
check "all there: nothing is said or asked" test "$status$(cat "$place/out" "$place/err" "$place/asked")" = 0

printf 'catch2\nlibgmp-dev\n' >"$place/missing"
run
check "something missing: done" test "$status" = 0
check "apt-get is asked to install once" test "$(asked ' install ')" = 1
check "for what is missing and no more" grep -q 'recommends libgmp-dev catch2$' "$place/asked"
check "it says what it does" grep -q 'installing 2 packages' "$place/out"

echo 1000 >"$place/uid"
printf 'catch2\n' >"$place/missing"
run
check "neither root nor sudo: it ends" test "$status" = 3
check "with what to ask for" grep -q 'neither root nor sudo.*apt-get install catch2' "$place/err"
check "and asks nobody" test ! -s "$place/asked"

printf '#!/usr/bin/env bash\n# Runs what follows.\n[[ $1 == -n ]] && shift\n"$@"\n' >"$place/bin/sudo"
chmod +x "$place/bin/sudo"
run
check "with sudo it installs" test "$status$(asked ' install ')" = 01

printf 'catch2\n' >"$place/missing"
touch "$place/broken"
run
check "apt-get's fault is told" test "$status" = 3
check "in its own words" grep -q 'no route to the mirror' "$place/err"
exit $failed
