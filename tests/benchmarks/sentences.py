"""Sentences of the three packs on which voices are measured and compared."""

from __future__ import annotations

SENTENCES = (
    "Rest your hands on your forehead, and let the warmth of your palms sink in.",
    "Breathe in slowly through your nose.",
    "Press softly beneath the cheekbones, then glide out to your ears.",
    "Circle three times, as lightly as you can.",
    "Now let your hands come down to your lap, and notice how your face feels.",
    "Place your fingertips at the inner ends of your eyebrows.",
    "Stroke down the sides of your neck, towards your collarbones.",
    "Let your jaw hang loose.",
    "Warm a few drops of oil between your palms, until they glide easily.",
    "If you like, keep your eyes closed for one more breath.",
    "Lay one hand on your belly and the other on your chest.",
    "Let the breath out through parted lips, as if through a straw.",
    "Four counts in, and six counts out.",
    "Nothing has to happen now; the breath comes by itself.",
    "Hold it softly, without pressing.",
    "With each breath out, let your shoulders sink a little further.",
    "If you feel dizzy, stop, and breathe as you usually do.",
    "Sit up tall, with both feet on the floor.",
    "Reach your arms up, lace your fingers, and turn the palms to the ceiling.",
    "Let your head tip to the right, only as far as it goes by itself.",
    "Roll your shoulders back, down, and forward again.",
    "Bring your knees to your chest, and rock gently from side to side.",
    "Feel the weight of your heels, your calves, and the backs of your thighs.",
    "Stretch once more, from your fingertips to your toes.",
)
