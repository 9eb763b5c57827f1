# Completion of consulta for fish. The program itself knows what may come next.
function __consulta_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in ($before[1] complete -- $before[2..-1] "$current" 2>/dev/null)
        switch $line
            case \tfiles
                __fish_complete_path "$current"
            case \tfiles\t'*'
                __fish_complete_suffix --complete="$current" .(string split \t -- $line)[3]
            case \tdirectories
                __fish_complete_directories "$current"
            case '*'
                echo $line
        end
    end
end
complete --command consulta --no-files --keep-order --arguments '(__consulta_complete)'
