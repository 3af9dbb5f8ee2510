//! How files are read, by examples; and that any bytes can be read without a panic.

use super::*;
use encoding_rs::{IBM866, KOI8_U, WINDOWS_1251};
use proptest::prelude::*;
use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook as Written, XlsxError};

fn plain(bytes: &[u8]) -> Reading {
    read(bytes, &Choices::default()).unwrap()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn ada(line: u64) -> Row {
    Row {
        line,
        email: text("ada@x.org"),
        name: text("Ada, Countess"),
        position: text("Analyst"),
        department: text("A / B"),
        manager: text("bob@x.org"),
        language: None,
    }
}

#[test]
fn the_same_row_is_read_however_the_file_is_written() {
    for (file, separator, heading) in [
        ("email,name,position,department,manager_email\nada@x.org,\"Ada, Countess\",Analyst,A / B,bob@x.org\n", ',', 1),
        (
            "\u{feff}email,name,position,department,manager_email\r\nada@x.org,\"Ada, Countess\",Analyst,A / B,bob@x.org\r\n",
            ',',
            1,
        ),
        ("E-Mail;NAME;Position;Department;Manager e-mail\nada@x.org;Ada, Countess;Analyst;A / B;bob@x.org", ';', 1),
        (
            "Руководитель;Отдел;Должность;ФИО;Электронная почта\nbob@x.org;A / B;Analyst;\"Ada, Countess\";ada@x.org\n",
            ';',
            1,
        ),
        ("Пошта;Ім’я;Посада;Відділ;Пошта керівника\n ada@x.org ;Ada, Countess; Analyst;A / B;bob@x.org\n", ';', 1),
        (
            "\"name, full\",Name,Почта,Salary,должность,подразделение,manager\nx,\"Ada, Countess\",ada@x.org,9,Analyst,A / B,bob@x.org\n\n\n",
            ',',
            1,
        ),
        ("email\tname\tposition\tdepartment\tmanager\rada@x.org\tAda, Countess\tAnalyst\tA / B\tbob@x.org\r", '\t', 1),
        ("email|name|position|department|manager\nada@x.org|Ada, Countess|Analyst|A / B|bob@x.org\n", '|', 1),
        (
            "sep=;\r\nПІБ;Ел. пошта;Посада;Підрозділ;Керівник\r\nAda, Countess;ada@x.org;Analyst;A / B;bob@x.org\r\n",
            ';',
            2,
        ),
        ("\u{feff}sep=|\n\nname|mail|job|unit|manager\nAda, Countess|ada@x.org|Analyst|A / B|bob@x.org\n", '|', 3),
        (
            "Список працівників\n\nСтаном на 1 червня; ;;;\nПІБ;Пошта;Посада;Відділ;Керівник\nAda, Countess;ada@x.org;Analyst;A / B;bob@x.org\n",
            ';',
            4,
        ),
    ] {
        let reading = plain(file.as_bytes());
        assert_eq!((reading.unclear, &*reading.problems), (None, &[][..]), "{file}");
        assert_eq!(
            reading.rows.iter().map(|row| Row { line: 0, ..row.clone() }).collect::<Vec<_>>(),
            [ada(0)],
            "{file}"
        );
        assert_eq!((reading.format.separator, reading.format.heading), (Some(separator), heading), "{file}");
        assert_eq!(reading.format.encoding.as_deref(), Some("UTF-8"));
    }
}

#[test]
fn every_encoding_is_told_and_read() {
    let file = "Пошта;ПІБ;Посада;Відділ\r\nm.tkachenko@hearth.example;Мар’яна Ткаченко;Аналітик;Продажі / Північ\r\n\
                h.yizhak@hearth.example;Григорій Їжак;Інженер з експлуатації;Продажі / Південь\r\n";
    let wide = |order: fn(u16) -> [u8; 2]| file.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let cases = [
        ("UTF-8", file.as_bytes().to_vec()),
        ("UTF-8", marked(b"\xef\xbb\xbf", file.as_bytes().to_vec())),
        ("UTF-16LE", marked(b"\xff\xfe", wide(u16::to_le_bytes))),
        ("UTF-16BE", marked(b"\xfe\xff", wide(u16::to_be_bytes))),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("windows-1251", WINDOWS_1251.encode(file).0.into_owned()),
        // these two encodings have no ’
        ("KOI8-U", KOI8_U.encode(&file.replace('’', "'")).0.into_owned()),
    ];
    for (encoding, bytes) in cases {
        let reading = plain(&bytes);
        assert_eq!(reading.format.encoding.as_deref(), Some(encoding));
        assert_eq!((reading.unclear, reading.problems), (None, vec![]), "{encoding}");
        let names: Vec<_> = reading.rows.iter().map(|row| text::fold(row.name.as_deref().unwrap())).collect();
        assert_eq!(names, ["мар'яна ткаченко", "григорій їжак"], "{encoding}");
    }
    let russian = "Почта;ФИО;Отдел\nadmin@hearth.example;Семён Щукин;Съёмка\n";
    for encoding in [WINDOWS_1251, KOI8_U, IBM866] {
        let bytes = encoding.encode(russian).0;
        let reading = plain(&bytes);
        assert_eq!(reading.format.encoding.as_deref(), Some(encoding.name()));
        assert_eq!(reading.rows[0].name.as_deref(), Some("Семён Щукин"));
    }
    let english =
        "email;name\nzoe@hearth.example;Zo\u{eb} Ren\u{e9}e\n".chars().map(|sign| sign as u8).collect::<Vec<_>>();
    assert_eq!(plain(&english).rows[0].name.as_deref(), Some("Zoë Renée"));
    let wrongly = Choices { encoding: text("KOI8-U"), columns: Some(vec![Some(Column::Email), Some(Column::Name)]) };
    let reading = read(&WINDOWS_1251.encode(russian).0, &wrongly).unwrap();
    assert_eq!(reading.format.encoding.as_deref(), Some("KOI8-U"), "somebody's word counts more");
}

#[test]
fn a_broken_letter_does_not_turn_a_file_into_another_language() {
    let mut bytes = "Пошта;ПІБ\nada@x.org;Ада\nbob@x.org;Богдан\n".as_bytes().to_vec();
    let last = bytes.len() - 3;
    bytes.remove(last);
    let reading = plain(&bytes);
    assert_eq!(reading.format.encoding.as_deref(), Some("UTF-8"));
    assert_eq!(reading.problems, [Problem { line: 3, wrong: Wrong::BrokenSign }]);
}

#[test]
fn rows_know_their_line_and_empty_ones_do_not_count() {
    let file = "email,name\n\na@x.org,\"A\nB\"\n,\n  , \nb@x.org,\nc@x.org,C,too much\n";
    for file in [file.to_owned(), file.replace('\n', "\r\n"), file.replace('\n', "\r")] {
        let reading = plain(file.as_bytes());
        assert_eq!(reading.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 7, 8]);
        assert_eq!(reading.problems, [Problem { line: 8, wrong: Wrong::TooManyCells }]);
        assert_eq!((reading.rows[0].name.as_deref(), reading.rows[1].name.as_deref()), (Some("A B"), None));
    }
}

#[test]
fn what_may_have_gone_wrong_is_told_with_its_line() {
    use Wrong::{AddressInside, CellError, StrayQuote, SwallowedLines, TooFewCells, TooManyCells, UnclosedQuote};
    for (file, expected) in [
        (
            "email,name,department\nr1@x.org,\"Rowan,Harbour\nr2@x.org,Sam,Harbour\nr4@x.org,Uma \"Bee\",Harbour\nr5@x.org,Vic,Harbour\n",
            &[(2, SwallowedLines), (4, StrayQuote)][..],
        ),
        ("email,name\na@x.org,\"Ada\nb@x.org,Bob\n", &[(2, UnclosedQuote), (2, SwallowedLines)]),
        ("email,name\na@x.org,\"Ada", &[(2, UnclosedQuote)]),
        ("email,name\na@x.org,Uma \"Bee\"\n", &[(2, StrayQuote)]),
        ("email,name\na@x.org,\"Uma \"\"Bee\"\"\"\n", &[]),
        ("email,name\na@x.org, \"Uma, Bee\" \n", &[]),
        ("email,name\na@x.org,\"Uma\" Bee\n", &[(2, StrayQuote)]),
        ("name,email\nAda b@x.org,a@x.org\n", &[(2, AddressInside)]),
        ("name,email,team\nAda (@ada),a@x.org,R&D @ home\n", &[]),
        ("name,email,team\nAda,a@x.org,T\nBob,b@x.org\nCid,c@x.org,T,\n", &[(3, TooFewCells)]),
        ("name,email,team\nAda,a@x.org\nBob,b@x.org\n", &[]),
        ("name,email\nAda,a@x.org,more\nBob,b@x.org,\n", &[(2, TooManyCells)]),
        ("name,email\n#REF!,a@x.org\n", &[(2, CellError)]),
        ("email;name;position\na@x.org;\"Anna\nMarch\";\"Lead\r\nnurse\"\n", &[]),
    ] {
        let problems: Vec<_> = plain(file.as_bytes()).problems.iter().map(|one| (one.line, one.wrong)).collect();
        assert_eq!(problems, expected, "{file}");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    use FileProblem::{BadWorkbook, Empty, NotText, OldWorkbook, TooManyRows};
    let long = format!("email\n{}", "a@x\n".repeat(MOST_ROWS + 1));
    for (file, problem) in [
        (&b""[..], Empty),
        (b"email,name\n", Empty),
        (b"\xef\xbb\xbf", Empty),
        (b"sep=;\n", Empty),
        (b"email,name\n,,\n", Empty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", NotText),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldWorkbook),
        (b"PK\x03\x04and no more", BadWorkbook),
        (long.as_bytes(), TooManyRows),
    ] {
        assert_eq!(read(file, &Choices::default()).err(), Some(problem));
    }
}

#[test]
fn columns_that_are_not_understood_can_be_chosen() {
    for (file, unclear, columns) in [
        ("who,reach\nAda,ada@x.org\n", FileProblem::NoAddressColumn, vec![Some(Column::Name), Some(Column::Email)]),
        (
            "name,email,mail\nAda,ada@x.org,old@x.org\n",
            FileProblem::ColumnTwice,
            vec![Some(Column::Name), Some(Column::Email), None],
        ),
    ] {
        let reading = plain(file.as_bytes());
        assert_eq!(reading.unclear, Some(unclear));
        assert_eq!(reading.format.columns.len(), columns.len());
        let chosen = read(file.as_bytes(), &Choices { encoding: None, columns: Some(columns) }).unwrap();
        assert_eq!((chosen.unclear, chosen.rows.len()), (None, 1));
        assert_eq!((chosen.rows[0].email.as_deref(), chosen.rows[0].name.as_deref()), (Some("ada@x.org"), Some("Ada")));
    }
}

/// A workbook with a title, a heading, two people, and a second sheet.
fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut book = Written::new();
    let sheet = book.add_worksheet().set_name("Люди")?;
    sheet.write(0, 0, "Список працівників")?;
    for (column, name) in ["ПІБ", "Пошта", "Таб. №", "Посада", "Прийнято"].into_iter().enumerate()
    {
        sheet.write(2, column as u16, name)?;
    }
    sheet.write(3, 0, "Мар’яна\nТкаченко")?.write(3, 1, "M.Tkachenko@hearth.example")?.write(3, 2, 1042)?;
    sheet.write(3, 3, Formula::new("=\"Лікар\"").set_result("Лікар"))?;
    let day = CellFormat::new().set_num_format("dd.mm.yyyy");
    sheet.write_with_format(3, 4, 45_000, &day)?;
    sheet.write(5, 0, "Ігор Олкін")?.write(5, 1, "i.olkin@hearth.example")?.write(5, 3, 7.5)?;
    book.add_worksheet().set_name("Довідник")?.write(0, 0, "x")?;
    book.add_worksheet().set_name("Порожній")?;
    book.save_to_buffer()
}

#[test]
fn a_workbook_is_read_by_its_content() {
    let reading = plain(&workbook().unwrap());
    let format = &reading.format;
    assert_eq!(
        (format.sheet.as_deref(), &*format.other_sheets, format.heading),
        (Some("Люди"), &["Довідник".to_owned()][..], 3)
    );
    assert_eq!((format.encoding.as_deref(), format.separator, reading.unclear), (None, None, None));
    assert_eq!(reading.problems, []);
    let first = Row {
        line: 4,
        name: text("Мар’яна Ткаченко"),
        email: text("M.Tkachenko@hearth.example"),
        position: text("Лікар"),
        ..Row::default()
    };
    let second = Row {
        line: 6,
        name: text("Ігор Олкін"),
        email: text("i.olkin@hearth.example"),
        position: text("7.5"),
        ..Row::default()
    };
    assert_eq!(reading.rows, [first, second]);
}

#[test]
fn a_workbook_in_the_last_corner_or_of_much_air_takes_no_memory() {
    let mut book = Written::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "email").unwrap().write(1, 0, "ada@x.org").unwrap();
    sheet.write(1_048_575, 16_383, "far away").unwrap();
    let reading = plain(&book.save_to_buffer().unwrap());
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(reading.problems, [Problem { line: 1_048_576, wrong: Wrong::TooManyCells }]);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 60 << 20), &mut archive).unwrap();
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb, &Choices::default()).err(), Some(FileProblem::TooLarge));
}

#[test]
fn every_name_of_a_column_is_understood_in_three_languages() {
    for (name, column) in [
        ("E-mail", Some(Column::Email)),
        ("Эл. почта", Some(Column::Email)),
        ("Ел. пошта", Some(Column::Email)),
        ("ИМЯ И ФАМИЛИЯ", Some(Column::Name)),
        ("Ім'я та прізвище", Some(Column::Name)),
        ("Iм’я", None), // the first letter is Latin
        ("manager_email", Some(Column::Manager)),
        ("Мова", Some(Column::Language)),
        ("Зарплата", None),
    ] {
        assert_eq!(meaning(name), column, "{name}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &Choices::default());
    }

    #[test]
    fn any_text_is_read_and_no_record_is_lost(text in "([a-zї@.\" ]{0,6}[,;\t|\r\n]){0,40}") {
        if let Ok(reading) = read(format!("email,name\n{text}").as_bytes(), &Choices::default()) {
            prop_assert!(reading.rows.windows(2).all(|pair| pair[0].line < pair[1].line));
            if reading.problems.is_empty() && reading.unclear.is_none() {
                let lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
                prop_assert!(reading.rows.len() <= lines.count());
            }
        }
    }

    #[test]
    fn a_broken_workbook_is_read_or_refused(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = workbook().unwrap();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, &Choices::default());
    }
}
