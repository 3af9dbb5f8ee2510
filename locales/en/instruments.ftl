# HR's list of questionnaires.

nav-instruments = Questionnaires
instruments-lead = What people are asked, in every version. A version never changes, so that results stay comparable.
instruments-name = Questionnaire
instruments-version = Version
instruments-languages = Languages
instruments-items = Questions
instruments-scales = Scales
instruments-scale = Scale
instruments-licence = Licence
instruments-licence-note = What the file says of the licence
instruments-licence-not_needed = None needed
instruments-licence-attested = Held
instruments-licence-missing = Not attested yet
instruments-use = Use
instruments-current = For every check-up without a campaign of its own
instruments-answered = Was answered
instruments-unused = Not answered so far
instruments-campaigns = Campaigns
instruments-campaign-count = { $count ->
    [one] { $count } campaign
   *[other] { $count } campaigns
}
instruments-import = Import a questionnaire
instruments-import-text = A licence holder can load a validated inventory from a file. The format is described in instruments/README.md. The same file again changes nothing; other content needs a version of its own.
instruments-file = File
instruments-file-hint = TOML, at most 256 KB.
instruments-import-submit = Import
instruments-no-file = Please choose a file.
instruments-too-large = This file is too large: 256 KB at most.
instruments-not-text = This is not a text file in UTF-8.
instruments-refused = Nothing was imported. Where, and what is wrong: { $reason }
instruments-back = All questionnaires
instruments-preview = Preview
instruments-preview-back = Back to the questionnaire
instruments-preview-note = This is how employees see the questions. Nothing can be sent from here.
instruments-attested-by = Attested by { $name } on { $date }
instruments-attest = Attest the licence
instruments-attest-text = Until somebody attests the licence, this version can be looked at but not chosen for a campaign. Hearth keeps who attested it and when.
instruments-holder = Who holds the licence
instruments-holder-hint = The company or person that the licence was given to, with its number if there is one.
instruments-held = We hold a licence to use this questionnaire
instruments-tick-held = Please tick this if you hold a licence.
instruments-attest-submit = Attest
instruments-value = Value
instruments-sum = Sum
instruments-mean = Mean
instruments-minimum = Answers needed
instruments-reliability = Reliability
instruments-sem = Error of measurement (SEM)
instruments-real-change = Real change from
instruments-lacks-sd = The file declares a reliability but no sd, so the error of measurement is unknown.
instruments-cut-offs = Limits between levels
instruments-provisional = provisional
instruments-source = Source:
instruments-no-cut-offs = The file has no limits between levels, so results have no levels.
instruments-figures = How it measures here
instruments-figures-text = From the check-ups of the latest closed period. For information only: results and changes are judged by the version’s own figures above.
instruments-figures-of = { $count ->
    [one] From at least { $count } person who answered in the period that ended on { $date }. Computed once, when a period has closed.
   *[other] From at least { $count } people who answered in the period that ended on { $date }. Computed once, when a period has closed.
}
instruments-too-few = These figures appear once a period has closed in which at least 100 people answered.
instruments-alpha = Cronbach’s α
instruments-sd = Standard deviation
instruments-number = No.
instruments-item = Question
instruments-correlation = Correlation with the rest of its scale
flash-instrument-imported = The questionnaire is here.
flash-instrument-attested = The licence is attested. The version can now be chosen for a campaign.
