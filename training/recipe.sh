#!/bin/sh
# How the shipped encoder came about, after `python -m training.material`. Every line goes on from its last checkpoint.
#   DEVICE=cuda LOADERS=2 sh training/recipe.sh
set -e
W=training/checkpoints D="--device ${DEVICE:-cpu} --loaders ${LOADERS:-0}"

# Four teachers, that see the corpora differently.
TEACH="python -m training.train $D --batch 64 --share 1.4 --hidden 0.05 --trees 7 --names 3 --acts 9"
$TEACH --work $W/t1 --seed 11
$TEACH --work $W/t2 --seed 12 --hidden 0.1 --acts 12
$TEACH --work $W/t3 --seed 13 --without wikigold
$TEACH --work $W/t4 --seed 14 --without uner

# A student of all four, in two courses: 256,000 sentences, then 360,000.
DISTIL="python -m training.distil $D --hidden 0.05"
PANEL="--teachers $W/t1/last.pt $W/t2/last.pt $W/t3/last.pt $W/t4/last.pt"
$DISTIL $PANEL --work $W/s1 --batch 128 --share 1.1 --trees 1 --names 1 --acts 2 --news 1 --seed 21 \
    --start-from $W/t1/last.pt
$DISTIL $PANEL --work $W/s2 --batch 256 --trees 1 --names 1 --acts 3 --news 2 --seed 22 --start-from $W/s1/last.pt

# Our own annotations, in four gentle courses; the opinions of the students before keep what they know. The first two
# saw the first 3,200 items; the third leans on its labels, and half of it is enough.
LAST="--labels 1.0 --share 0.5 --news 0"
$DISTIL $LAST --work $W/s3 --trees 1 --names 0 --acts 4 --seed 31 --start-from $W/s2/last.pt --teachers $W/s2/last.pt
$DISTIL $LAST --work $W/s4 --trees 0 --names 1 --acts 3 --seed 32 --start-from $W/s3/last.pt --teachers $W/s3/last.pt
$DISTIL --labels 2.0 --share 0.6 --news 0 --work $W/s5 --trees 0 --names 0 --acts 4 --seed 41 \
    --start-from $W/s4/last.pt --teachers $W/s4/last.pt
python -m training.average $W/s4 $W/s5 $W/mean
$DISTIL --labels 1.0 --share 0.4 --news 0 --work $W/s6 --trees 1 --names 0 --acts 2 --seed 42 --within 11 \
    --start-from $W/mean/last.pt --teachers $W/s4/last.pt $W/s5/last.pt

# A deep teacher of acts, an hour on two cores, and a course in which it and the student before have a say. Three
# quarters of that course keep the grammar of the student before. (Both saw 9,350 of our items.)
python -m training.deep --work $W/deep
$DISTIL --labels 1.0 --share 0.6 --work $W/s7 --trees 1 --names 0 --acts 12 --news 1 --seed 51 --within 45 \
    --start-from $W/s6/last.pt --teachers $W/s6/last.pt --deep $W/deep/last.pt
python -m training.average --share 0.75 $W/s6 $W/s7 $W/last

# Layers of their own for acts, on the student's first two, in fifty minutes after twenty of asking the teachers. They
# saw 14,300 of our items.
python -m training.grow --work $W/acts --student $W/last/last.pt --deep $W/deep/last.pt --own 4 --corpora 4 --news 24000 \
    --seed 61 --within 50

# The deep teacher once more over those 14,300 items, and the layers for acts once more under it, from where they
# were: thirty-six minutes, twenty of asking, thirty-seven.
python -m training.deep --work $W/deep2 --start-from $W/deep/last.pt --own 2 --corpora 2 --share 0.7 --seed 5 --within 36
python -m training.grow --work $W/acts2 --student $W/last/last.pt --deep $W/deep2/last.pt --start-from $W/acts/last.pt \
    --own 4 --corpora 4 --news 20000 --seed 62 --within 46

# The deep teacher finishes on the corpora alone, and so do the layers under it; then much news told by it. Eight
# minutes, three, and fifty; the mean of the last two goes on.
python -m training.deep --work $W/deep3 --start-from $W/deep2/last.pt --own 0 --corpora 2 --share 0.35 --seed 6
python -m training.grow --work $W/acts3 --student $W/last/last.pt --deep $W/deep3/last.pt --start-from $W/acts2/last.pt \
    --own 0 --corpora 2 --news 0 --share 0.3 --seed 3
python -m training.grow --work $W/acts4 --student $W/last/last.pt --deep $W/deep3/last.pt --start-from $W/acts3/last.pt \
    --own 0 --corpora 2 --news 56000 --last 2 --seed 63
python -m training.average $W/acts3 $W/acts4 $W/acts5

# The deep teacher over 28,700 of our items, an hour and a half; the layers over the newest 32,600 of 46,600 under it:
# twenty minutes of asking, thirty-five.
python -m training.deep --work $W/deep4 --start-from $W/deep3/last.pt --own 2 --corpora 2 --last 1 --share 0.7 --seed 7
python -m training.grow --work $W/acts6 --student $W/last/last.pt --deep $W/deep4/last.pt --start-from $W/acts5/last.pt \
    --own 2 --newest 0.7 --corpora 3 --news 0 --last 2 --seed 64
