//! How the import parses files, and what it reports about them.

use crate::{
    import::{confirm, office, people, upload},
    steps::{values, visible},
    support::{Answer, Browser},
};
use rust_xlsxwriter::{Workbook, XlsxError};

fn send(hr: &Browser, name: &str, file: &[u8]) -> Answer {
    let sent = hr.upload("/hr/employees/import", "file", name, file);
    assert_eq!(sent.status, 303, "{}", visible(&sent.body));
    let page = hr.get(sent.location());
    assert_eq!(page.status, 200, "{}", visible(&page.body));
    page
}

#[test]
fn the_page_says_what_was_read_and_how() {
    let (_app, hr) = office();
    let list = "Список працівників\r\nПІБ;Ел. пошта;Посада;Табель\r\nМарія Ткаченко;m.tkachenko@hearth.example;Аналітик;17\r\n";
    let koi = "ФИО;Почта;Отдел\r\nСемён Щукин;s.shchukin@hearth.example;Съёмка\r\n";
    let single = |table: &str, text: &str| -> Vec<u8> {
        let place = |sign: char| table.chars().position(|one| one == sign).map(|place| place as u8 + 0xc0);
        text.chars().map(|sign| if sign.is_ascii() { sign as u8 } else { place(sign).unwrap_or(0xa3) }).collect()
    };
    let koi8 = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";
    for (file, told) in [
        (format!("sep=;\r\n{}", &list[list.find("ПІБ").unwrap()..]).into_bytes(), ["UTF-8", "semicolon", "2"]),
        (list.encode_utf16().flat_map(u16::to_le_bytes).collect(), ["UTF-16LE", "semicolon", "2"]),
        (single(koi8, koi), ["KOI8-U", "semicolon", "1"]),
        (b"name\temail\nAda\tada@example.com\n".to_vec(), ["UTF-8", "tab", "1"]),
        (b"name|email\nAda|ada@example.com\n".to_vec(), ["UTF-8", "vertical bar", "1"]),
    ] {
        let page = send(&hr, "people.csv", &file);
        let facts: Vec<_> = page.body.split("id=\"read-as\"").nth(1).unwrap().split("<dd>").skip(1).collect();
        let fact = |place: usize| visible(facts[place].split("</dd>").next().unwrap()).trim().to_owned();
        assert_eq!([fact(0), fact(1), fact(2)], told.map(str::to_owned));
        assert_eq!(values(&page.body)[..4], ["1", "0", "0", "0"], "{}", visible(&page.body));
    }
    let page = send(&hr, "people.csv", list.as_bytes());
    assert!(page.body.contains("<bdi>Табель</bdi>"), "a column that is not used is named, too");
    assert!(visible(&page.body).contains("Марія Ткаченко"));
}

fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Staff 2026")?;
    sheet.write(0, 0, "Who works here")?;
    sheet.write(1, 0, "Name")?.write(1, 1, "E-mail")?.write(1, 2, "Department")?;
    sheet.write(2, 0, "Ada\nByron")?.write(2, 1, "ada@example.com")?.write(2, 2, "Engines / Analytical")?;
    book.add_worksheet().set_name("Notes")?.write(0, 0, "nothing")?;
    book.save_to_buffer()
}

#[test]
fn a_workbook_is_imported_whatever_its_file_is_called() {
    let (app, hr) = office();
    let sent = hr.upload("/hr/employees/import", "file", "people.csv", &workbook().unwrap());
    let page = hr.get(sent.location());
    let text = visible(&page.body);
    assert!(text.contains("Staff 2026") && text.contains("Notes") && text.contains("Ada Byron"), "{text}");
    let done = confirm(&hr, sent.location());
    assert_eq!(values(&done.body), ["1", "0", "0", "2", "0"]);
    assert_eq!(app.text("SELECT name FROM users WHERE email = 'ada@example.com'"), "Ada Byron");
}

#[test]
fn where_a_column_is_not_known_hr_chooses_it_on_the_page() {
    let (app, hr) = office();
    let sent =
        hr.upload("/hr/employees/import", "file", "people.csv", b"who,reach,where\nAda,ada@example.com,Engines\n");
    let path = sent.location();
    let page = hr.get(path);
    let text = visible(&page.body);
    assert!(text.contains("Please say what the columns hold") && text.contains("No column is called email"), "{text}");
    assert!(!page.body.contains(&format!("action=\"{path}\"")), "nothing can be imported yet");
    let colleague = app.register_as("second@example.com", "hr");
    let choice = [("column_0", "name"), ("column_1", "email"), ("column_2", "department"), ("encoding", "UTF-8")];
    assert_eq!(colleague.post(&format!("{path}/columns"), &choice).status, 404);
    assert_eq!(hr.post(&format!("{path}/columns"), &choice).location(), path);
    let page = hr.get(path);
    assert!(
        page.body.contains(&format!("action=\"{path}\"")) && page.body.contains("<option value=\"email\" selected>")
    );
    let done = confirm(&hr, path);
    assert_eq!(values(&done.body), ["1", "0", "0", "1", "0"]);
    assert_eq!(hr.post(&format!("{path}/columns"), &choice).status, 404, "it is imported already");
    let twice = upload(&hr, "name,email,mail\nBob,bob@example.com,old@example.com\n", &[]);
    assert!(hr.get(&twice).body.contains("the same meaning"));
    hr.post(&format!("{twice}/columns"), &[("column_0", "name"), ("column_1", "email"), ("column_2", "")]);
    assert_eq!(values(&confirm(&hr, &twice).body), ["1", "0", "0", "0", "0"]);
}

#[test]
fn a_template_in_the_readers_language_comes_back_filled_in() {
    let (app, hr) = office();
    for (language, separator) in [("en", ","), ("ru", ";"), ("uk", ";")] {
        hr.post("/language", &[("language", language)]);
        let (status, headers, mut file) = hr.download("/hr/employees/import/template.csv");
        assert_eq!(
            (status, headers["content-disposition"].to_str().unwrap()),
            (200, "attachment; filename=\"employees.csv\"")
        );
        let row = ["ada@example.com", "Ada", "Analyst", "Engines", "", "uk"].join(separator);
        file.extend_from_slice(row.as_bytes());
        let page = send(&hr, "x.csv", &file);
        assert_eq!(values(&page.body)[..5], ["1", "0", "0", "0", "1"], "{}", visible(&page.body));
        let (status, headers, file) = hr.download("/hr/employees/import/template.xlsx");
        assert!(
            status == 200
                && file.starts_with(b"PK")
                && headers["content-type"].to_str().unwrap().contains("spreadsheetml")
        );
        assert_eq!(hr.upload("/hr/employees/import", "file", "x.xlsx", &file).status, 422, "nobody is in it yet");
    }
    hr.post("/language", &[("language", "en")]);
    let path = upload(&hr, "email,name,language\nada@example.com,Ada,uk\n", &[]);
    confirm(&hr, &path);
    assert_eq!(app.text("SELECT language FROM users WHERE email = 'ada@example.com'"), "uk");
    let path = upload(&hr, "email,name,language\nada@example.com,Ada,ru\n", &[]);
    assert_eq!(values(&confirm(&hr, &path).body), ["0", "0", "1", "0", "0"], "what somebody has is not changed");
    let path = upload(&hr, "email,name,language\nbob@example.com,Bob,elvish\n", &[]);
    assert!(visible(&hr.get(&path).body).contains("The language is not known"));
}

#[test]
fn what_a_quotation_mark_swallows_is_told_with_its_line_and_imports_nobody() {
    let (app, hr) = office();
    let file = "email,name,department\r\nr1@example.com,\"Rowan,Harbour\r\nr2@example.com,Sam,Harbour\r\n\
                r3@example.com,Uma \"Bee\",Harbour\r\nr4@example.com,Vic,Harbour\r\n";
    let path = upload(&hr, file, &[]);
    let text = visible(&hr.get(&path).body);
    assert!(text.contains("Line 2: Several lines have run together"), "{text}");
    assert!(text.contains("Line 4: There is a quotation mark inside a cell"), "{text}");
    confirm(&hr, &path);
    assert_eq!(people(&app), 1);
    let path = upload(&hr, "email;name\nada@example.com;\"Ada\nbob@example.com;Bob\n", &[]);
    assert!(visible(&hr.get(&path).body).contains("Line 2: A quotation mark is opened here and never closed"));
}

#[test]
fn a_line_break_inside_a_cell_is_one_blank() {
    let (app, hr) = office();
    let file = "email;name;position;department\r\nada@example.com;\"Anna\nMarch\";\"Lead\r\nnurse\";\"Ward\nNorth\"\r\n\
                bob@example.com;Boris\tMay;Nurse;Ward North\r\n";
    confirm(&hr, &upload(&hr, file, &[]));
    let stored = "SELECT string_agg(u.name || '|' || position || '|' || d.name, ' ' ORDER BY email)
        FROM users u JOIN departments d ON d.id = department_id";
    assert_eq!(app.text(stored), "Anna March|Lead nurse|Ward North Boris May|Nurse|Ward North");
}

#[test]
fn one_department_is_one_however_it_is_written_and_a_look_alike_is_told() {
    let (app, hr) = office();
    let variants = [
        "Ремонтний відділ",
        "Ремонтнии\u{306} відділ",
        "Ремонтний\u{a0}відділ",
        "Ремонтний  відділ",
        "РЕМОНТНИЙ ВІДДІЛ",
    ];
    let row = |(place, name): (usize, &&str)| format!("v{place}@example.com;V{place};{name}\r\n");
    let rows: String = variants.iter().enumerate().map(row).collect();
    let path = upload(&hr, &format!("email;name;department\r\n{rows}"), &[]);
    assert_eq!(values(&hr.get(&path).body)[4], "1", "one new department");
    confirm(&hr, &path);
    assert_eq!(app.text("SELECT string_agg(name, '|') FROM departments"), "Ремонтний відділ", "the first spelling");
    let path = upload(&hr, "email;name;department\r\nv9@example.com;V9;Pемонтний відділ\r\n", &[]);
    let text = visible(&hr.get(&path).body);
    assert!(text.contains("Line 2:  Pемонтний відділ : it looks like another department"), "{text}");
    assert_eq!(values(&confirm(&hr, &path).body), ["1", "0", "0", "1", "0"], "told, and done if HR wants it");
    let taken = hr.post("/hr/departments", &[("name", "ремонтний\u{a0}ВІДДІЛ"), ("parent", "")]);
    assert_eq!(taken.status, 422);
}

#[test]
fn letters_that_only_look_right_are_told() {
    let (app, hr) = office();
    let file = "email,name\nemployеe@hearth.example,Ada\nada@hеarth.example,Ada\nbob@example.com,Bоb\n";
    let path = upload(&hr, file, &[]);
    let text = visible(&hr.get(&path).body);
    assert!(text.contains("Line 2: The e-mail address has letters before the @ that are not Latin"), "{text}");
    assert!(text.contains("Line 3: The e-mail address mixes letters"), "{text}");
    assert!(text.contains("Line 4:  Bоb : one word has letters of several alphabets"), "{text}");
    confirm(&hr, &path);
    assert_eq!(people(&app), 1);
}
