//! A client over HTTP that keeps cookies as a browser does, and what it is answered.

/// A client with cookies that follows no redirects.
pub struct Browser {
    agent: ureq::Agent,
    base: String,
}

/// An answer with its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    /// Without the masks of its forms, which are others each time; of a page,
    /// without the lines that its template is written in.
    pub body: String,
    /// Whose its forms say they are, in their order on the page.
    pub forms: Vec<String>,
}

impl Browser {
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("hearth-tests")
            .build();
        Self { agent: config.into(), base: base.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.call())
    }

    /// A file that is no text: its status, headers and content.
    pub fn download(&self, path: &str) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        self.download_with(path, &[])
    }

    /// The same as it comes, compressed if the headers ask for it.
    pub fn download_with(&self, path: &str, headers: &[(&str, &str)]) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().expect("the server answers");
        let content = response.body_mut().read_to_vec().unwrap();
        (response.status().as_u16(), response.headers().clone(), content)
    }

    pub fn head(&self, path: &str) -> Answer {
        Answer::read(self.agent.head(format!("{}{path}", self.base)).call())
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[])
    }

    pub fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.send_form(fields.iter().copied()))
    }

    /// Sends a form whose fields are encoded already, well or badly.
    pub fn post_raw(&self, path: &str, body: &str) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.base));
        Answer::read(request.header("Content-Type", "application/x-www-form-urlencoded").send(body.as_bytes()))
    }

    /// Sends a form and reads what is streamed back, as it comes.
    pub fn events(&self, path: &str, fields: &[(&str, &str)]) -> impl std::io::BufRead {
        let request = self.agent.post(format!("{}{path}", self.base)).header("Accept", "text/event-stream");
        let response = request.send_form(fields.iter().copied()).expect("the server answers");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        std::io::BufReader::new(response.into_body().into_reader())
    }

    /// Sends one file as a browser does.
    pub fn upload(&self, path: &str, field: &str, file_name: &str, content: &[u8]) -> Answer {
        self.upload_with(path, field, file_name, content, &[])
    }

    /// The same with more fields in front of it.
    pub fn upload_with(
        &self,
        path: &str,
        field: &str,
        file_name: &str,
        content: &[u8],
        fields: &[(&str, &str)],
    ) -> Answer {
        let boundary = "the-boundary-of-a-test";
        let part = |(name, value): &(&str, &str)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let parts: String = fields.iter().map(part).collect();
        let tail = format!("\r\n--{boundary}--\r\n");
        let body = [parts.as_bytes(), head.as_bytes(), content, tail.as_bytes()].concat();
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Content-Type", format!("multipart/form-data; boundary={boundary}"));
        Answer::read(request.send(&body[..]))
    }

    /// Submits the questionnaire with the same answer everywhere.
    pub fn submit_all(&self, value: i32, key: &str) -> Answer {
        self.submit(&[value; 20], key)
    }

    /// Submits the questionnaire.
    pub fn submit(&self, answers: &[i32], key: &str) -> Answer {
        let mut fields: Vec<(String, String)> =
            answers.iter().enumerate().map(|(item, value)| (format!("answer_{item}"), value.to_string())).collect();
        fields.push(("idempotency_key".to_owned(), key.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post("/assessments", &fields)
    }
}

impl Answer {
    pub(super) fn read(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut response = result.expect("the server answers");
        let body = String::from_utf8_lossy(&response.body_mut().read_to_vec().unwrap()).into_owned();
        let is_page =
            response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let (body, forms) = unmasked(&if is_page { joined(&body) } else { body });
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body, forms }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Every value of this cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
        cookies.into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))
    }
}

/// A page whose tags follow each other without a line end between them.
fn joined(page: &str) -> String {
    let mut lines = page.split('\n');
    let mut body = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let next = line.trim_start_matches(' ');
        if !body.ends_with('>') || !next.starts_with('<') || next.starts_with("</textarea") {
            body += "\n";
            body += line;
        } else {
            body += next;
        }
    }
    body
}

/// A page with the same word in place of each mask of its forms, and the masks.
pub fn unmasked(page: &str) -> (String, Vec<String>) {
    let field = "name=\"form_of\" value=\"";
    let mut parts = page.split(field);
    let (mut body, mut forms) = (parts.next().unwrap_or_default().to_owned(), Vec::new());
    for part in parts {
        let (mark, rest) = part.split_once('"').expect("the value ends");
        forms.push(mark.to_owned());
        body += &format!("{field}masked\"{rest}");
    }
    (body, forms)
}
