# Completion of consulta for bash. The program itself knows what may come next.
_consulta() {
  local rest=${COMP_LINE:0:COMP_POINT} word words=() i
  # bash splits words at ":" and "=", the program does not: what no blank separates is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i == 0)) || [[ $rest == [[:blank:]]* ]]; then
      rest=${rest#"${rest%%[![:blank:]]*}"}
      words+=("")
    fi
    ((${#rest} < ${#word})) && word=$rest
    words[${#words[@]} - 1]+=$word
    rest=${rest#"$word"}
  done
  local current=${words[${#words[@]} - 1]} quote=
  if [[ $current == [\"\']* ]]; then
    quote=${current:0:1}
    current=${current:1}
  fi
  # What stands before the last separator is no part of what bash replaces.
  local kept=
  if [[ $current == *[:=]* && $COMP_WORDBREAKS == *:* ]]; then
    kept=${current%"${current##*[:=]}"}
  fi
  local line text
  COMPREPLY=()
  while IFS= read -r line; do
    text=${line%%$'\t'*}
    case $line in
      $'\tfiles')
        compopt -o filenames 2>/dev/null
        while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -f -- "$current")
        continue
        ;;
      $'\tfiles\t'*)
        compopt -o filenames 2>/dev/null
        while IFS= read -r text; do COMPREPLY+=("$text"); done < <(
          compgen -f -X "!*.${line##*$'\t'}" -- "$current"
          compgen -d -- "$current"
        )
        continue
        ;;
      $'\tdirectories')
        compopt -o filenames 2>/dev/null
        while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -d -- "$current")
        continue
        ;;
    esac
    if [[ $text == *[:=] ]]; then
      compopt -o nospace 2>/dev/null
    fi
    text=${text:${#kept}}
    [[ -n $quote ]] || printf -v text %q "$text"
    COMPREPLY+=("$text")
  done < <("${COMP_WORDS[0]}" complete -- "${words[@]:1}" 2>/dev/null)
}
complete -F _consulta consulta
