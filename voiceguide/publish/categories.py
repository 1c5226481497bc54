"""Apple's categories of podcasts with their subcategories (podcasters.apple.com, "Choose a category")."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voiceguide.errors import did_you_mean

CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
        "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
        "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
        "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
        "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
        "Government": (),
        "History": (),
        "Health & Fitness": (
            *("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
        ),
        "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
        "Leisure": (
            *("Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden"),
            "Video Games",
        ),
        "Music": ("Music Commentary", "Music History", "Music Interviews"),
        "News": (
            *("Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News"),
            "Tech News",
        ),
        "Religion & Spirituality": (
            *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"),
        ),
        "Science": (
            *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences"),
            *("Nature", "Physics", "Social Sciences"),
        ),
        "Society & Culture": (*("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),),
        "Sports": (
            *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running"),
            *("Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"),
        ),
        "Technology": (),
        "True Crime": (),
        "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
    }
)


def category_of(text: str) -> tuple[str, str]:
    """``Health & Fitness / Mental Health``, or one of the two alone, as category and subcategory ("" for none), in any
    case. Raises ValueError with a sentence for the user."""
    outer, _, inner = (part.strip().casefold() for part in text.partition("/"))
    for category, subcategories in CATEGORIES.items():
        own = {name.casefold(): name for name in subcategories}
        if outer == category.casefold() and (not inner or inner in own):
            return category, own.get(inner, "")
        if not inner and outer in own:
            return category, own[outer]
    known = (*CATEGORIES, *(name for names in CATEGORIES.values() for name in names))
    asked = text.rpartition("/")[2].strip()
    raise ValueError(f"'{text}' is no category of Apple Podcasts{did_you_mean(asked, known)}")
