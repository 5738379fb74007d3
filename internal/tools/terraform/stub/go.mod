module stub

go 1.26
