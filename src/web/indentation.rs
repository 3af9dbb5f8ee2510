//! Removes the indentation of templates from rendered pages, to save bytes.

/// A page without the white space between tags, if it begins with a line end; the line
/// end itself stays. White space within text is not touched: a line of text cannot end
/// with an unescaped `>`, and the content of a text area is left alone.
pub fn without(page: &str) -> String {
    let mut short = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(end) = rest.find('\n') {
        let (line, after) = rest.split_at(end + 1);
        let next = after.trim_start_matches([' ', '\n']);
        let between_tags = line.ends_with(">\n") && next.starts_with('<') && !next.starts_with("</textarea");
        short.push_str(line);
        rest = if between_tags { next } else { after };
    }
    short.push_str(rest);
    short
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn indentation_goes_and_a_line_end_stays() {
        assert_eq!(without("<ul>\n  <li>\n\n    <a>x</a>\n  </li>\n</ul>"), "<ul>\n<li>\n<a>x</a>\n</li>\n</ul>");
        assert_eq!(without("<b>a</b> <i>b</i>"), "<b>a</b> <i>b</i>");
    }

    #[test]
    fn a_text_keeps_every_character() {
        for page in [
            "<p>one\n  two\n    &#60;three&#62;\n</p>",
            "<textarea>\n  \n </textarea>",
            "<pre>\n  code</pre>",
            "<a\n  href>  x\n  <b>y</b></a>",
            "",
            "\n",
        ] {
            assert_eq!(without(page), page);
        }
    }
}
