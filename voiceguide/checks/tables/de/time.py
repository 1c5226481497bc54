"""Holds, silences, numbers and durations."""

from __future__ import annotations

from voiceguide.checks.tables.de.terms import NUMBER, NUMBERS, UNIT, UNITS
from voiceguide.checks.words import Pattern, Words, any_of

WORDS = Words(
    hold=Pattern(
        r"(?:^|[,;:–—.]|\bund|\bdann|\bjetzt|\bnun)\s*(?:sanft |leicht |nun |jetzt |bitte )?"
        r"(?:halt(?:e|en|et)?(?: sie)?(?=\s*(?:[.,;:!]|$)|\s+(?:ihn|sie|es|das|hier|dort|so|still|weiter|an"
        r"|(?:den|die|diese[n]?) (?:druck|spannung|position|dehnung|haltung|punkt|stellung))\b)"
        r"|drück(?:e|en|t)?(?: sie)? weiter|bleib(?:e|en|t)?(?: sie)? (?:so|in der (?:haltung|dehnung|spannung)))",
    ),
    stay=any_of(
        r"halt\w*|hält\w*|bleib\w*|drück\w*|ruh\w*|wart\w*|verweil\w*|lieg\w*|sitz\w*|still\w*|schweig\w*|press\w*"
        r"|spann\w*|lausch\w*|pause"
    ),
    release=any_of(
        r"lös\w*|los|loslass\w*|lass\w*(?: \w+){0,4} (?:los|locker|sinken|fallen|weich|gehen|ruhen|kommen)|entspann\w*"
        r"|locker\w*|ausatm\w*|aus|zurück\w*|senk\w*|sink\w*|heb\w*|weich\w*|ruh\w*|fertig|genug|öffn\w*|nochmal"
        r"|noch einmal|nächste\w*|andere\w*|ab|auf|wechs\w*|runter|hoch|vorbei"
    ),
    promised_sound=any_of(
        r"(?:bis|bevor)(?: \w+){0,4} (?:klang|klänge|gong|glocke|glocken|schale|ton|klangschale|klingt|ertönt|läutet"
        r"|erklingt)"
    ),
    announced=any_of(
        r"bis|still\w*|schweig\w*|keine worte|ohne worte|kein wort|in deinem (?:eigenen )?tempo|in ihrem (?:eigenen )?"
        r"tempo|für dich allein|hol\w* (?:dich|sie) zurück|schlaf\w* gut|sage (?:jetzt )?nichts|gute nacht"
    ),
    bounded=any_of(
        r"mindestens|höchstens|bis zu|oder mehr|oder länger|länger als|nicht mehr als|mehr als|weniger als|zwischen"
        r"|bis|oder|alle|jede\w*|paar|weitere\w*|letzte\w*|erste\w*|noch|übrig|innerhalb|alt|vor|wenige\w*"
    ),
    roughly=any_of("etwa|ungefähr|rund|circa|ca|knapp|fast"),
    over=any_of(
        r"vorbei|vergangen|verstrichen|sind um|ist um|war|waren|insgesamt|sitzung|übung|einheit|programm|die hälfte"
        "|dauert"
    ),
    closing=any_of(
        r"öffn\w*|augen (?:\w+ )?auf|zurück\w*|ende|endet|beend\w*|fertig|geschafft|vorbei|dank\w*|tschüss"
        r"|auf wiedersehen|bis zum nächsten mal|wenn du (?:so weit|soweit|bereit|magst|möchtest)"
        r"|wenn sie (?:so weit|soweit|bereit|mögen|möchten)|sobald du|das war\w*|genieß\w*|schöne[nr]? (?:tag|abend"
        r"|morgen|nacht)|gute nacht|guten (?:tag|abend|morgen)|schlaf\w* gut|wach\w*|steh\w* auf|streck\w*|räkel\w*"
        r"|zum (?:abschluss|schluss)|letzte[nrs]?|senk\w* (?:\w+ ){0,2}hände|hände (?:\w+ )?(?:sinken|ruhen)|namaste"
        r"|nimm (?:\w+ ){0,5}mit"
    ),
    numbers=NUMBERS,
    units=UNITS,
    duration=Pattern(
        rf"\b(?:(?P<half>(?:eine )?halben?) |(?P<and_half>anderthalb|eineinhalb) |(?P<number>{NUMBER})[ -]?)"
        rf"(?:(?:ganze|volle|lange|ruhige|langsame|weitere)[nr]? )?(?P<unit>{UNIT})\b",
    ),
    titled_duration=Pattern(
        rf"\b(?P<number>{NUMBER})(?:(?: bis |[-–—]| oder )(?P<upto>{NUMBER}))?[ -]?(?:[a-zäöüß]+ ){{0,2}}"
        rf"(?P<unit>{UNIT})\b",
    ),
    times=Pattern(
        rf"\b(?P<number>{NUMBER})(?:mal| (?:\w+ )?(?:mal|male|malen|runden|kreise|kreisen|striche|strichen"
        rf"|wiederholungen|durchgänge))\b",
    ),
    breaths=Pattern(
        rf"\b(?P<number>{NUMBER})(?:mal|(?: \w+){{0,2}} (?:atemzüge|atemzügen|runden|zyklen|mal|male))\b",
    ),
    breath_times=Pattern(
        rf"\b(?:(?P<number>{NUMBER}) (?:\w+,? ){{0,2}}atemzügen?|atm\w* (?:\w+ ){{0,2}}?(?P<often>{NUMBER}) ?mal"
        rf"|(?P<both>{NUMBER})mal (?:\w+ )?(?:ein und aus|durch))\b",
    ),
    tapping=any_of(r"klopf\w*|tipp\w*|trommel\w*|tätschel\w*"),
    not_now=any_of(
        r"in der woche|am tag|im monat|pro (?:tag|woche)|in der minute|zwischen|hast|haben|hat|ist|sind|war|später"
        r"|oder|als|so langsam"
    ),
    count_to=Pattern(
        rf"\bzähl\w*(?: \w+){{0,2}}?(?: (?:von|rückwärts von) (?P<first>{NUMBER}))?(?: \w+)?? (?:bis|auf)"
        rf" (?P<number>{NUMBER})\b",
    ),
    counted=any_of(
        r"noch|mindestens|höchstens|bis|etwa|ungefähr|übrig|von|oder|letzte\w*|erste\w*|seiten?|nummer|jede\w*|als"
        r"|weitere\w*|mehr"
    ),
    word_rate=0.8,  # read aloud, 179 words a minute against 228 (Trauzettel-Klosinski and Dietz 2012)
)
