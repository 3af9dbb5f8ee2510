//! Conversations: mine only, answered by a model that speaks the protocol of
//! chat completions or from the library, help before anything else.

use crate::{
    steps::{at_once, between, key_of, sign_in, visible},
    support::{
        Answer, Browser, PATIENCE, TestApp, eventually,
        model::{ModelServer, Mood},
    },
};
use chrono::TimeDelta;
use std::{io::BufRead as _, sync::mpsc};

const ADA: &str = "ada@example.com";
const KEY: &str = "a key that nobody may see";

fn with_model(moods: Vec<Mood>) -> (TestApp, ModelServer) {
    let model = ModelServer::start(moods);
    let app = TestApp::spawn_with(&[
        ("ASSISTANT_URL", &model.url),
        ("ASSISTANT_MODEL", "small-and-kind"),
        ("ASSISTANT_API_KEY", KEY),
    ]);
    (app, model)
}

fn begin(person: &Browser) -> String {
    let begun = person.post("/chats", &[("name", "Evenings"), ("color", "#FF5733")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    begun.location().to_owned()
}

/// Sends a message with an agreement that `reader` may read along.
fn say(person: &Browser, chat: &str, text: &str, reader: &str) -> Answer {
    person.post(&format!("{chat}/messages"), &[("user_message", text), ("reader", reader)])
}

/// The last answer on a conversation's page.
fn last_answer(person: &Browser, chat: &str) -> String {
    let page = person.get(chat).body;
    let answers = between(&page, "<div class=\"said__answer\"", "</div>");
    visible(&format!("<{}", answers.last().expect("an answer")))
}

#[test]
fn a_conversation_is_begun_renamed_recoloured_and_deleted() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    let page = ada.get(&chat).body;
    assert!(page.contains("fill=\"#ff5733\"") && visible(&page).contains("Evenings"));
    let changed = ada.post(&chat, &[("name", " Mornings "), ("color", "plum")]);
    assert_eq!((changed.status, changed.location()), (303, &*chat));
    let list = ada.get("/chats").body;
    assert!(list.contains("fill=\"#74467a\"") && visible(&list).contains("Mornings") && !list.contains("Evenings"));
    let gone = ada.post(&format!("{chat}/delete"), &[]);
    assert_eq!((gone.status, gone.location()), (303, "/chats"));
    assert_eq!(ada.get(&chat).status, 404);
    assert_eq!(app.number("SELECT count(*) FROM chats"), 0);
}

#[test]
fn a_name_or_a_colour_that_cannot_be_comes_back_with_what_was_typed() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let long = "x".repeat(101);
    for (name, color, field) in [("", "sage", "name"), (&*long, "sage", "name"), ("Rest", "url(x)", "color")] {
        let refused = ada.post("/chats", &[("name", name), ("color", color)]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(name.is_empty() || refused.body.contains(name));
    }
    let chat = begin(&ada);
    assert_eq!(ada.post(&chat, &[("name", ""), ("color", "sage")]).status, 422);
    assert_eq!(app.text("SELECT string_agg(name || color, ' ') FROM chats"), "Evenings#ff5733");
}

#[test]
fn nobody_is_answered_before_they_agreed_and_nothing_typed_is_lost() {
    let (app, model) = with_model(vec![Mood::Stream(vec!["Rest."])]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    let page = visible(&ada.get(&chat).body);
    assert!(page.contains("127.0.0.1 reads the text of the conversation"), "{page}");
    let refused = ada.post(&format!("{chat}/messages"), &[("user_message", "I cannot sleep")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("I cannot sleep") && refused.body.contains("Please choose who may read along"));
    assert!(model.asked().is_empty());
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0);
    assert_eq!(say(&ada, &chat, "I cannot sleep", "model").status, 303);
    assert_eq!(app.text("SELECT text_version FROM consents"), "2026-11, 127.0.0.1");
    assert!(last_answer(&ada, &chat).contains("Rest."));
    assert!(visible(&ada.get("/privacy").body).contains("127.0.0.1"), "the agreement is on the privacy page");
}

#[test]
fn only_the_words_and_the_language_leave() {
    let (app, model) = with_model(vec![Mood::Stream(vec!["Try ", "a walk."]), Mood::Whole("Good.".into())]);
    let ada = app.register_and_agree(ADA);
    ada.submit_all(5, "key");
    ada.post("/language", &[("language", "uk")]);
    let chat = begin(&ada);
    say(&ada, &chat, "Я втомилася", "model");
    ada.post(&format!("{chat}/messages"), &[("user_message", "Дякую")]);
    let asked = model.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[0].head.starts_with("post /v1/chat/completions http/1.1"));
    assert!(asked[0].head.contains(&format!("authorization: bearer {KEY}")));
    assert_eq!((&asked[0].body["model"], &asked[0].body["stream"]), (&"small-and-kind".into(), &true.into()));
    let said = asked[1].messages();
    let roles: Vec<_> = said.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "user"]);
    assert!(said[0].1.ends_with("Answer in Ukrainian."));
    assert_eq!((&*said[1].1, &*said[2].1, &*said[3].1), ("Я втомилася", "Try a walk.", "Дякую"));
    let sent = format!("{asked:?}");
    for secret in ["Test Person", "ada@", "Evenings", "exhaustion", "burnout_level", "hearth-tests"] {
        assert!(!sent.contains(secret), "{secret} left");
    }
}

#[test]
fn a_reply_is_text_and_nothing_else() {
    let (app, _model) = with_model(vec![Mood::Stream(vec!["<script>alert(1)</script>", "\u{7}\n<b>x</b>"])]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    say(&ada, &chat, "<img src=x>", "model");
    let page = ada.get(&chat).body;
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;\n&#60;b&#62;x"), "{page}");
    assert!(page.contains("&#60;img src=x&#62;") && !page.contains("<img") && !page.contains('\u{7}'));
}

#[test]
fn a_model_that_fails_is_made_up_for_by_the_library() {
    let failing: Vec<(Vec<Mood>, usize)> = vec![
        (vec![Mood::Status(503), Mood::Status(429), Mood::Status(500)], 3),
        (vec![Mood::Status(401)], 1),
        (vec![Mood::Redirect("http://127.0.0.1:9/elsewhere".into())], 1),
        (vec![Mood::Nonsense], 1),
        (vec![Mood::BreakOff("Half of a")], 1),
        (vec![Mood::Endless], 1),
        (vec![Mood::Whole("x".repeat(65 * 1024))], 1),
        (vec![Mood::Whole(" \n".into())], 1),
        (vec![Mood::Hang], 1),
    ];
    for (number, (moods, requests)) in failing.into_iter().enumerate() {
        let (app, model) = with_model(moods);
        let ada = app.register(ADA);
        let chat = begin(&ada);
        assert_eq!(say(&ada, &chat, "How do I take breaks?", "model").status, 303, "{number}");
        let answer = last_answer(&ada, &chat);
        assert!(
            answer.contains("127.0.0.1 did not answer") && answer.contains("From the library"),
            "{number}: {answer}"
        );
        assert!(!answer.contains("Half of a"), "{number}");
        assert_eq!(model.asked().len(), requests, "{number}");
    }
}

#[test]
fn a_model_that_writes_slowly_is_heard_out() {
    // Longer than a silence may last, without one that long.
    let pause = PATIENCE * 2 / 5;
    let (app, _model) = with_model(vec![Mood::Drip(vec!["One, ", "two, ", "three, ", "four."], pause)]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    say(&ada, &chat, "Count", "model");
    assert!(last_answer(&ada, &chat).contains("One, two, three, four."));
}

#[test]
fn a_model_that_is_busy_for_a_moment_is_asked_again() {
    let (app, model) = with_model(vec![Mood::Status(503), Mood::Stream(vec!["Here I am."])]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    say(&ada, &chat, "Hello?", "model");
    assert!(last_answer(&ada, &chat).contains("Here I am."));
    assert_eq!(model.asked().len(), 2);
}

#[test]
fn the_answer_streams_as_it_comes_and_is_kept_even_if_nobody_listens() {
    let (go, wait) = mpsc::channel();
    let (app, model) = with_model(vec![Mood::Wait("First ", "and last.", wait), Mood::Stream(vec!["Unheard."])]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    assert_eq!(ada.post("/chats/agreement", &[("reader", "model")]).status, 303);
    let path = format!("{chat}/messages");
    let mut events = ada.events(&path, &[("user_message", "Tell me"), ("idempotency_key", "one")]).lines();
    let mut next = || events.next().unwrap().unwrap();
    assert_eq!(
        (next(), next()),
        ("event: piece".into(), r#"data: {"text":"First "}"#.into()),
        "before the rest is there"
    );
    go.send(()).unwrap();
    let rest: Vec<String> = events.map(Result::unwrap).collect();
    assert!(rest.iter().any(|line| line == r#"data: {"text":"and last."}"#), "{rest:?}");
    let done = &rest[rest.iter().position(|line| line == "event: done").unwrap() + 1];
    assert!(done.contains("First and last.") && done.contains("said__answer"), "{done}");
    drop(ada.events(&path, &[("user_message", "And now?"), ("idempotency_key", "two")]));
    model.asked_times(2);
    eventually("the answer that nobody waits for", || {
        (app.number("SELECT count(*) FROM messages WHERE ai_response = 'Unheard.'") == 1).then_some(())
    });
}

#[test]
fn a_message_sent_twice_is_one_and_is_answered_once() {
    let (app, model) = with_model(vec![Mood::Stream(vec!["Once."]), Mood::Stream(vec!["Twice."])]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    ada.post("/chats/agreement", &[("reader", "model")]);
    let key = key_of(&ada.get(&chat).body);
    let again = sign_in(&app, ADA);
    let fields = [("user_message", "Only once"), ("idempotency_key", &*key)];
    let path = format!("{chat}/messages");
    let answers = at_once(&[&ada, &again], |_, browser| browser.post(&path, &fields).status);
    assert_eq!(answers, [303, 303]);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
    assert_eq!(model.asked().len(), 1);
    // The same form with other words is another message.
    assert_eq!(ada.post(&path, &[("user_message", "Something else"), ("idempotency_key", &*key)]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE answered_at IS NOT NULL"), 2);
}

#[test]
fn what_was_never_answered_can_be_asked_again() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    say(&ada, &chat, "How do I sleep?", "library");
    app.execute("UPDATE messages SET ai_response = NULL, source = NULL, answered_at = NULL");
    let page = ada.get(&chat).body;
    let again = between(&page, "action=\"", "\"").into_iter().find(|action| action.ends_with("/answer")).unwrap();
    assert_eq!(ada.post(again, &[]).status, 303);
    assert!(last_answer(&ada, &chat).contains("From the library"));
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
}

#[test]
fn danger_is_answered_with_help_and_goes_to_no_model() {
    let contacts = concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml");
    let model = ModelServer::start(vec![Mood::Stream(vec!["I see."])]);
    let app =
        TestApp::spawn_with(&[("ASSISTANT_URL", &model.url), ("ASSISTANT_MODEL", "m"), ("HEARTH_HELP_FILE", contacts)]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    assert_eq!(say(&ada, &chat, "I want to kill myself", "model").status, 303);
    let page = ada.get(&chat).body;
    let (panel, answer) = (page.find("class=\"help-panel\"").unwrap(), page.find("said__answer").unwrap());
    assert!(panel < answer && page.contains("tel:"), "help stands before the answer");
    assert!(last_answer(&ada, &chat).contains("sent to nobody"));
    assert!(model.asked().is_empty());
    // Nor does it go along with what is asked later.
    ada.post(&format!("{chat}/messages"), &[("user_message", "Thank you")]);
    let asked = model.asked();
    assert_eq!(asked.len(), 1);
    assert!(!format!("{asked:?}").contains("kill"));
}

#[test]
fn who_is_in_danger_sees_help_before_any_question_of_who_may_read() {
    let model = ModelServer::start(vec![]);
    let contacts = concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml");
    let app =
        TestApp::spawn_with(&[("ASSISTANT_URL", &model.url), ("ASSISTANT_MODEL", "m"), ("HEARTH_HELP_FILE", contacts)]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    assert!(!between(&ada.get(&chat).body, "name=\"reader\"", ">").iter().any(|radio| radio.contains("required")));
    let answer = ada.post(&format!("{chat}/messages"), &[("user_message", "I want to die")]);
    assert_eq!(answer.status, 422);
    let (help, question) = (answer.body.find("class=\"help-panel\""), answer.body.find("field__error"));
    assert!(help.is_some() && help < question && answer.body.contains("tel:"));
    assert!(!answer.body.contains("error-summary"), "nothing draws the eye away from help");
    assert!(visible(&answer.body).contains("was not sent to anybody") && answer.body.contains("I want to die"));
    assert_eq!((model.asked().len(), app.number("SELECT count(*) FROM messages")), (0, 0));
}

#[test]
fn an_agreement_holds_for_the_host_it_named_and_a_choice_is_kept() {
    let (app, model) = with_model(vec![]);
    let ada = app.register(ADA);
    let chat = begin(&ada);
    let send = |host: &str, text: &str| {
        ada.post(&format!("{chat}/messages"), &[("user_message", text), ("reader", "model"), ("host", host)])
    };
    assert!(ada.get(&chat).body.contains("name=\"host\" value=\"127.0.0.1\""));
    let refused = send("elsewhere.example", "Hello");
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("Please choose who may read along"));
    let empty = send("127.0.0.1", "");
    assert!(empty.status == 422 && empty.body.contains("value=\"model\" checked"));
    assert_eq!((model.asked().len(), app.number("SELECT count(*) FROM consents WHERE purpose = 'assistant'")), (0, 0));
}

#[test]
fn the_library_answers_with_the_latest_result_in_mind_and_says_what_it_is() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    ada.submit_all(5, "key");
    for (language, question, said) in [
        ("en", "How can I sleep better?", "I am a search in the library, not a person"),
        ("ru", "Как лучше спать и делать перерывы?", "Это поиск по библиотеке, а не человек"),
        ("uk", "Як мені робити перерви?", "Це пошук у бібліотеці, а не людина"),
    ] {
        ada.post("/language", &[("language", language)]);
        let chat = begin(&ada);
        say(&ada, &chat, question, "library");
        let answer = last_answer(&ada, &chat);
        assert!(answer.contains(said), "{answer}");
        let page = ada.get(&chat).body;
        let drawn = between(&page, "class=\"chip\" href=\"/library/", "\"");
        assert_eq!(drawn.len(), 3, "{answer}");
        for id in drawn {
            assert_eq!(ada.get(&format!("/library/{id}")).status, 200);
        }
    }
    let stored = app.text("SELECT ai_response FROM messages ORDER BY id LIMIT 1");
    assert!(stored.contains("strained most in your latest check-up"), "{stored}");
}

#[test]
fn any_text_gets_an_answer_from_the_library() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    for text in ["&|!:*()<->'", "🙂🙂", "the and of", "%_\\", "a:* & b", "' OR 1=1 --", &"слово ".repeat(600)]
    {
        assert_eq!(say(&ada, &chat, text, "library").status, 303, "{text}");
    }
    assert!(last_answer(&ada, &chat).contains("I found nothing"));
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE source = 'library'"), 7);
}

#[test]
fn empty_and_endless_messages_are_refused_in_words() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    for text in ["", " \n ", &"x".repeat(4001)] {
        let refused = say(&ada, &chat, text, "library");
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#user_message\""));
    }
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0);
}

#[test]
fn there_is_a_limit_and_it_passes() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    for number in 0..30 {
        assert_eq!(say(&ada, &chat, &format!("Breaks {number}"), "library").status, 303);
    }
    let refused = say(&ada, &chat, "One more", "library");
    assert_eq!(refused.status, 429);
    assert!(refused.body.contains("One more") && refused.header("retry-after").parse::<u64>().unwrap() > 3000);
    // Deleting conversations does not help, and it is one person's limit.
    ada.post(&format!("{chat}/delete"), &[]);
    let chat = begin(&ada);
    assert_eq!(say(&ada, &chat, "One more", "library").status, 429);
    let bob = app.register("bob@example.com");
    let his = begin(&bob);
    assert_eq!(say(&bob, &his, "Breaks", "library").status, 303);
    app.advance(TimeDelta::minutes(61));
    assert_eq!(say(&ada, &chat, "One more", "library").status, 303);
}

#[test]
fn conversations_are_found_by_what_was_said_and_only_by_their_owner() {
    let app = TestApp::spawn();
    let (ada, bob) = (app.register(ADA), app.register("bob@example.com"));
    for (name, text) in [("Alpha", "About my 100% job"), ("Omega", "About sleep_walking")] {
        let begun = ada.post("/chats", &[("name", name), ("color", "sage")]);
        say(&ada, begun.location(), text, "library");
    }
    let names = |browser: &Browser, q: &str| -> Vec<String> {
        let page = browser.post("/chats/search", &[("q", q)]).body;
        between(&page, "chat-list__name\">", "<").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(names(&ada, ""), ["Omega", "Alpha"]);
    assert_eq!(names(&ada, "alpha"), ["Alpha"]);
    assert_eq!(names(&ada, "100%"), ["Alpha"]);
    assert_eq!(names(&ada, "p_w"), ["Omega"]);
    assert_eq!(names(&ada, "0_0"), [""; 0]);
    assert_eq!(names(&ada, "not a person"), ["Omega", "Alpha"], "answers are searched too");
    assert_eq!(names(&bob, ""), [""; 0]);
    // What was searched for stands in no address: neither the form nor a page of it puts it there.
    let page = ada.post("/chats/search", &[("q", "sleep_walking")]).body;
    assert!(!page.contains("method=\"get\"") && !page.contains("?q="), "{page}");
}

#[test]
fn long_lists_and_long_conversations_come_in_pages() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    app.execute(
        "INSERT INTO chats (user_id, name, color, created_at, active_at)
         SELECT id, 'Chat ' || n, '#112233', now(), now() + n * interval '1 second' FROM users, generate_series(1, 45) n;
         INSERT INTO messages (chat_id, user_id, user_message, created_at)
         SELECT max(chats.id), max(chats.user_id), 'Message ' || n || '.', now() FROM chats, generate_series(1, 65) n GROUP BY n ORDER BY n",
    );
    let (mut path, mut seen) = ("/chats".to_owned(), Vec::new());
    loop {
        let page = ada.get(&path).body;
        seen.extend(between(&page, "chat-list__name\">", "<").into_iter().map(str::to_owned));
        let Some(next) = between(&page, "href=\"/chats?", "\"").into_iter().next() else { break };
        path = format!("/chats?{}", next.replace("&#38;", "&"));
    }
    assert_eq!(seen, (1..=45).rev().map(|number| format!("Chat {number}")).collect::<Vec<_>>());
    let chat = format!("/chats/{}", app.number("SELECT max(number) FROM chats"));
    let (mut path, mut seen) = (chat.clone(), Vec::new());
    loop {
        let page = ada.get(&path).body;
        let mut said: Vec<_> = between(&page, "prewrap\">Message ", ".").into_iter().map(str::to_owned).collect();
        said.extend(seen);
        seen = said;
        let Some(before) = between(&page, "?before=", "\"").into_iter().next() else { break };
        path = format!("{chat}?before={before}");
    }
    assert_eq!(seen, (1..=65).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn old_conversations_go_with_the_retention_and_all_of_them_with_their_owner() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let chat = begin(&ada);
    say(&ada, &chat, "Breaks", "library");
    let clean = |oldest: &str| {
        let oldest: chrono::DateTime<chrono::Utc> = oldest.parse().unwrap();
        hearth::assistant::delete_before(&mut app.db.connect(), oldest, app.now()).unwrap();
    };
    clean("2020-01-01T00:00:00Z");
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
    // In one that goes on for years, messages go one by one.
    app.execute("UPDATE messages SET created_at = '2019-01-01'");
    clean("2020-01-01T00:00:00Z");
    assert_eq!(app.text("SELECT (SELECT count(*) FROM chats) || ' ' || (SELECT count(*) FROM messages)"), "1 0");
    clean("2100-01-01T00:00:00Z");
    assert_eq!(app.number("SELECT count(*) FROM chats"), 0);
    begin(&ada);
    app.execute("DELETE FROM users");
    assert_eq!(app.number("SELECT (SELECT count(*) FROM chats) + (SELECT count(*) FROM questions)"), 0);
}

#[test]
fn there_are_so_many_conversations_and_no_more() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    app.execute(
        "INSERT INTO chats (user_id, name, color, created_at, active_at)
         SELECT id, 'Kept', '#ff5733', now(), now() FROM users, generate_series(1, 499)",
    );
    begin(&ada);
    let refused = ada.post("/chats", &[("name", "One more"), ("color", "sage")]);
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("Delete one first") && refused.body.contains("One more"));
    assert_eq!(app.number("SELECT count(*) FROM chats"), 500);
}
