//! Finds phrases about suicide, self-harm and violence, in every language
//! whatever the page's language is. Such a message is answered with help contacts
//! and not sent to a model. The patterns prefer false positives; matching words
//! is no assessment of risk. Pure.

use crate::i18n::Language;
use regex::RegexSet;
use std::sync::LazyLock;

/// Patterns for text normalised by [`plain`]: lower case, single spaces.
const ENGLISH: &[&str] = &[
    r"\b(suicide|suicidal|self harm|selfharm|self injury|overdose|overdosing)\b",
    r"\b(kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|hanging|shoot|shooting|poison|drown) (myself|my self)\b",
    r"\b(end|ending|take|taking) (it all|my (own )?life)\b",
    r"\b(want|wish|like|ready|plan|planning|rather|i'm going|i am going|im going) (to )?(die|be dead|not exist|not be here|not wake up|never wake up)\b",
    r"\bwanna (die|be dead)\b",
    r"\b(do not|don't|dont|no longer|not) (want|wish) to (live|be alive|exist|wake up|go on living)\b",
    r"\b(can't|cant|cannot) go on living\b",
    r"\b(not worth living|no (reason|point) (to live|in living|in being alive))\b",
    r"\b(better off|wish i (was|were)) dead\b|\bbetter off without me\b|\bwish i had never been born\b",
    r"\b(jump|jumping) (off|from|out of|in front of) (a|the|my) (bridge|roof|building|balcony|window|train|car)\b",
    r"\b(kill|murder|stab|shoot|strangle) (him|her|them|everyone|everybody|my (boss|manager|wife|husband|partner|child|children|kids|son|daughter|colleague|coworker)s?)\b",
    r"\b(kms|unalive|unaliving)\b|\bslit(ting)? my (wrists?|throat)\b|\bcutting (again|myself)\b",
    r"\b(don't|dont|do not) want to be (here|around) (any ?more|any longer)\b|\b(don't|dont|do not) want to be here\b$",
    r"\bno (will|wish|desire|strength) (left )?to live\b|\b(don't|dont|do not|can't|cannot) see (the|a|any) (point|sense|reason) (in|of|to) (living|live|life)\b",
    r"\b(want|going|ready|decided) to end (it|my life|everything|things)\b$|\bend it all\b|\bwish i (wasn't|weren't|was not|were not) alive\b",
    r"\b(take|took|taking|swallow|swallowed) (all (of )?(my|the|these)|a lot of|too many) (pills|tablets|sleeping pills|meds)\b",
    r"\blife (is not|isn't|isnt|no longer|is no longer) worth\b|\bbetter off if i (were|was) (gone|dead)\b|\bdisappear (forever|for ever|for good)\b",
    r"\b(thinking|think|thoughts) (about|of) (death|dying|ending)\b",
    r"\bwish (that )?i (would not|wouldn't|wouldnt|did not|didn't|didnt|could not|couldn't|never) (wake up|exist|have to (live|wake up))\b",
    r"\b(wants|wanted) to die\b|\b(kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|shoot) (himself|herself|themselves|themself)\b",
];
const RUSSIAN: &[&str] = &[
    r"\b(суицид|самоубийств|селфхарм|самоповрежден)\w*",
    r"\bпоконч(ить|у|им|ил|ила) (с собой|со всем этим|с жизнью|жизнь)\b",
    r"\b(не хочу|не хочется|не желаю|незачем|нет смысла|нет сил|надоело|устал|устала|зачем) (больше |дальше )?(жить|существовать|просыпаться)\b",
    r"\bжить (больше |дальше )?(не хочу|не хочется|незачем|надоело|нет смысла|нет сил|невыносимо)\b",
    r"\b(хочу|хочется|мечтаю|готов|готова|хотел бы|хотела бы|лучше|лучше бы) (умереть|сдохнуть|не просыпаться|не проснуться|исчезнуть навсегда)\b",
    r"\b(убить|убью|убиваю|порезать|порежу|режу|ранить|отравить|повесить|застрелить|калечить|покалечить) себя\b",
    r"\bсебя (убить|убью|порезать|порежу|режу|повесить|застрелить|отравить)\b",
    r"\b(повешусь|повеситься|застрелюсь|застрелиться|отравлюсь|утоплюсь|утопиться|выпилиться|выпилюсь)\b",
    r"\b(вскрыть|вскрою|резать|режу|порезать|порежу)( себе)? вены\b",
    r"\bруки на себя\b|\bна себя руки\b|\bсчеты с жизнью\b",
    r"\b(лучше бы|чтобы|чтоб) (я|меня) (умер|умерла|сдох|сдохла|не стало|не было|не родился|не родилась)\b",
    r"\b(всем (будет |станет )?лучше без меня|без меня (всем )?(будет |станет )?лучше)\b",
    r"\b(спрыгнуть|спрыгну|прыгнуть|прыгну|броситься|брошусь|выброситься|выброшусь) (с (крыши|моста|балкона)|из окна|в окно|под (поезд|машину))\b",
    r"\b(убью|убить|зарежу|застрелю|задушу) (его|ее|их|всех|начальник\w*|начальниц\w*|муж\w*|жену|детей|ребенка|коллег\w*)\b",
    r"\b(выйти|выйду|шагнуть|шагну) (в|из) окн\w+",
    r"\b(не вижу|нет|не осталось|потерял|потеряла) (больше )?(никакого )?(смысла|желания|сил|воли) (больше )?(жить|в жизни)\b|\bсмысла жить (нет|не вижу|больше нет)\b",
    r"\b(больше |уже )?не могу (больше )?жить\b(?: так)?$|\bбольше не могу жить\b|\bжизнь (больше )?(не имеет|потеряла|лишена) смысл\w*",
    r"\b(уснуть|заснуть) и (больше )?не (проснуться|просыпаться)\b",
    r"\b(выпью|выпить|наглотаюсь|наглотаться|съем|проглочу) (все |много |кучу )?(таблет\w+|снотворн\w+)",
    r"\b(уйти|уйду|ушел бы|ушла бы) из жизни\b|\b(причиняю|причинить|причинял|причиняла) себе (боль|вред)\b|\bделаю себе больно\b",
    r"\b(думаю|мысли|думал|думала) о (смерти|своей смерти|самоубийстве|суициде)\b|\bхочу (исчезнуть|пропасть)\b(?: навсегда)?$",
    r"\b(суицыд|роскомнадзорн)\w*",
    r"\b(хочет|хотел|хотела|хотят|собирается|собралась|собрался) (умереть|покончить|убить себя|повеситься|убиться)\b|\bне (хочет|хотят|хотел|хотела) (больше )?жить\b",
];
const UKRAINIAN: &[&str] = &[
    r"\b(суїцид|самогуб|селфхарм|самоушкодж|самопошкодж)\w*",
    r"\bпокінч(ити|у|имо|ив|ила) (з собою|із собою|з усім цим|з життям|життя)\b",
    r"\b(не хочу|не хочеться|не бажаю|нема сенсу|немає сенсу|нема сил|немає сил|набридло|втомився|втомилася|навіщо|нащо) (більше |далі )?(жити|існувати|прокидатися|прокидатись)\b",
    r"\bжити (більше |далі )?(не хочу|не хочеться|нема сенсу|немає сенсу|нема сил|немає сил|нема для чого|набридло|нестерпно)\b",
    r"\b(хочу|хочеться|мрію|готовий|готова|хотів би|хотіла б|хотіла би|краще|краще б) (померти|вмерти|здохнути|не прокидатися|не прокинутися|не прокинутись|зникнути назавжди)\b",
    r"\b(вбити|убити|вб'ю|уб'ю|порізати|поріжу|ріжу|поранити|отруїти|повісити|застрелити|калічити|скалічити) себе\b",
    r"\bсебе (вбити|убити|вб'ю|уб'ю|порізати|поріжу|ріжу|повісити|застрелити|отруїти)\b",
    r"\b(повішуся|повішусь|повіситися|повіситись|застрелюся|застрелюсь|застрелитися|отруюся|отруюсь|втоплюся|втоплюсь)\b",
    r"\b(різати|ріжу|порізати|поріжу)( собі)? вени\b",
    r"\bруки на себе\b|\bна себе руки\b|\bвкорот(ити|ю) (собі )?(віку|життя)\b|\bзаподіяти собі\b",
    r"\b(краще б|краще би|щоб|щоби) (я|мене) (помер|померла|вмер|вмерла|не стало|не було|не народився|не народилася)\b",
    r"\b(всім|усім) (буде |стане )?краще без мене\b|\bбез мене (всім |усім )?(буде |стане )?краще\b",
    r"\b(стрибнути|стрибну|зістрибнути|зістрибну|кинутися|кинуся|викинутися|викинуся) (з (даху|мосту|моста|балкона|вікна)|у вікно|під (поїзд|потяг|машину))\b",
    r"\b(вб'ю|уб'ю|вбити|убити|заріжу|застрелю|задушу) (його|її|їх|усіх|всіх|начальник\w*|начальниц\w*|чоловіка|дружину|дітей|дитину|колег\w*)\b",
    r"\b(вийти|вийду|ступити|ступлю) (у|в|з) вікн\w+",
    r"\b(не бачу|немає|нема|не лишилося|втратив|втратила) (більше )?(жодного )?(сенсу|бажання|сил|волі) (більше )?(жити|в житті|у житті)\b|\bсенсу жити (немає|нема|не бачу)\b",
    r"\b(нема|немає) (більше )?для чого (більше )?жити\b|\bбільше не можу жити\b|\bжиття (більше )?(не має|втратило|позбавлене) сенс\w*",
    r"\b(заснути|уснути) і (більше )?не (прокинутися|прокинутись|прокидатися|прокидатись)\b",
    r"\b(вип'ю|випити|наковтаюся|наковтаюсь|наковтатися|з'їм|проковтну) (усі |всі |багато |купу )?(таблет\w+|снодійн\w+|пігул\w+)",
    r"\b(піти|піду|пішов би|пішла б) (з|із) життя\b|\b(завдаю|завдати|заподіюю|заподіяти) собі (болю|шкоди)\b|\bроблю собі боляче\b",
    r"\b(думаю|думки|думав|думала) про (смерть|свою смерть|самогубство|суїцид)\b|\bхочу (зникнути|щезнути)\b(?: назавжди)?$",
    r"\b(хоче|хотів|хотіла|хочуть|збирається|зібралася|зібрався) (померти|вмерти|покінчити|вбити себе|убити себе|повіситися)\b|\bне (хоче|хочуть|хотів|хотіла) (більше )?жити\b",
];

/// The patterns of a language. Every language has some, or the program does not compile:
/// whoever writes in it that they want to die must not be answered by a search.
const fn patterns(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => ENGLISH,
        Language::Ru => RUSSIAN,
        Language::Uk => UKRAINIAN,
        #[cfg(test)]
        Language::Xa => &["šûîçîðé"],
    }
}

const _: () = {
    let mut place = 0;
    while place < Language::ALL.len() {
        assert!(!patterns(Language::ALL[place]).is_empty());
        place += 1;
    }
};

/// Whether a text matches one of the patterns.
pub fn speaks_of_danger(text: &str) -> bool {
    #[expect(clippy::expect_used, reason = "the patterns are part of the binary and a test compiles them")]
    static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
        RegexSet::new(Language::ALL.into_iter().flat_map(patterns)).expect("the patterns are well-formed")
    });
    PATTERNS.is_match(&plain(text))
}

/// Normalises text: lower case, one kind of apostrophe, single spaces between words.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        'ё' => 'е',
        '’' | 'ʼ' | '‘' | '`' | '´' => '\'',
        c if c.is_alphanumeric() || c == '\'' => c,
        _ => ' ',
    };
    // Compose й and ї, which some keyboards type as two characters, then drop the other combining
    // accents, soft hyphens and zero-width characters: none of them may split a word.
    let text = text.replace("и\u{306}", "й").replace("И\u{306}", "й").replace("і\u{308}", "ї").replace("І\u{308}", "ї");
    let shown = text
        .chars()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'));
    let letters: String = shown.flat_map(char::to_lowercase).map(letter).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danger_is_heard_in_three_languages() {
        for text in [
            "I want to die",
            "honestly i'd rather be dead",
            "I’ve been thinking about SUICIDE lately.",
            "Sometimes I think about hurting\nmyself",
            "I don’t want to live any more",
            "They would be better off without me",
            "i am going to end   it all",
            "I could kill my boss",
            "Я не хочу жить",
            "Жить больше не хочется...",
            "Думаю покончить с собой",
            "Лучше бы меня не было",
            "хочу умереть",
            "Всё, повешусь",
            "Хочу убить себя",
            "думаю о самоубийстве",
            "Я більше не хочу жити.",
            "Хочу померти",
            "Думаю накласти на себе руки",
            "хочу вкоротити собі віку",
            "Інколи я ріжу себе",
            "Краще б я не прокинувся… всім буде краще без мене",
            "я вб’ю його",
            "sui\u{200b}cide",
            "I wish I would not wake up",
            "I wish I didn’t wake up tomorrow",
            "my colleague said she wants to die",
            "I am afraid that he will hurt himself",
            "коллега сказала, что хочет умереть",
            "Он не хочет жить",
            "колега каже, що хоче померти",
            "вона не хоче більше жити",
            "не хочу, жить",
            "I don't want to be here anymore",
            "thinking about slitting my wrists",
            "I have no will to live",
            "I don't see the point of living",
            "I want to end it",
            "I wish I wasn't alive",
            "I am going to take all my pills",
            "my life isn't worth living",
            "I want to disappear forever",
            "They would be better off if I were gone",
            "I've been cutting again",
            "unalive myself",
            "I want to kms",
            "I keep thinking about death",
            "Хочу выйти в окно",
            "Не вижу смысла жить",
            "нет желания жить",
            "Больше не могу жить",
            "жизнь не имеет смысла",
            "Жизнь потеряла смысл",
            "хочу заснуть и не проснуться",
            "выпью все таблетки",
            "наглотаюсь таблеток",
            "хочу уйти из жизни",
            "причиняю себе боль",
            "думаю о смерти",
            "Хочу исчезнуть",
            "суицыд",
            "роскомнадзорнуться",
            "Не бачу сенсу жити",
            "немає бажання жити",
            "хочу піти з життя",
            "життя не має сенсу",
            "хочу заснути і не прокинутися",
            "вийти у вікно",
            "наковтаюся таблеток",
            "думаю про смерть",
            "нема для чого жити",
            "завдаю собі болю",
            "думаю про сui\u{308}цид, тобто про суі\u{308}цид",
        ] {
            assert!(speaks_of_danger(text), "{text}");
        }
    }

    #[test]
    fn tiredness_is_not_danger() {
        for text in [
            "This deadline is killing me",
            "I am dead tired and want to sleep",
            "How do I end my working day on time?",
            "My phone died and I missed the call",
            "I cut meetings by half",
            "My laptop is going to die any minute",
            "She wants to diet and he cut his hair himself",
            "I cannot go on like this at work",
            "Я очень устал и не хочу идти на работу",
            "Как жить, когда столько задач?",
            "Умираю со скуки на совещаниях",
            "Хочу уволиться",
            "Зачем столько встреч?",
            "Я дуже втомилася і не хочу йти на роботу",
            "Як жити з таким графіком?",
            "Хочу у відпустку",
            "I want to end it: the meeting, I mean",
            "I take my vitamins and tablets",
            "Выйти на прогулку или открыть окно?",
            "Хочу исчезнуть с радаров на неделю",
            "Не вижу смысла в этих отчётах",
            "Життя кипить, а сил мало",
            "Думаю про відпустку",
            "",
        ] {
            assert!(!speaks_of_danger(text), "{text}");
        }
    }
}
