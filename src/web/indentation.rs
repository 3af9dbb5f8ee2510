//! Templates are indented for those who read them; a page travels without that.

/// A page without the white space that only sets its elements in: of what stands
/// between two tags and begins with a line end, that line end stays. A text
/// keeps every character, since no text holds a tag that is not escaped; so does
/// an empty line of a text area.
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
