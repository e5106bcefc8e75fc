"""The most frequent function words of many languages: running text is full of them, menus and labels are not."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    (
        # English
        "the of and to in a is that for it was on are as with be at this by have from or had not but what all were "
        "when we there can an your which their if do will each about how up out them then she he his her they you i "
        "has its who did been than into could would should our these those because while where after before "
        # German
        "der die das und ist von zu den mit sich des auf für nicht ein eine als auch es an werden aus er hat dass sie "
        "nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr "
        "durch man sein wurde sei ich wir "
        # French
        "le la les de des du un une et est en que qui dans pour pas sur au aux par plus ne ce il elle se sont avec ont "
        "mais ou son sa ses cette comme nous vous leur être été aussi deux "
        # Spanish, Portuguese, Italian, Romanian, Catalan
        "el los las y del por con una su para es al lo como más o pero sus le ya este sí porque esta entre cuando muy "
        "sin sobre también me hasta hay donde "
        "os as um uma não na no em do da dos das que se com mais foi ao ele ser tem à seu sua ou quando há nos já está "
        "eu pelo pela até isso "
        "di che è il per non si sono della nel alla dei gli delle più anche ha dal nella ma come degli questo "
        "questa lo și în cu care pe nu mai este din sau la fost această prin dar "
        # Dutch, Swedish, Danish, Norwegian, Finnish
        "het een van dat die niet zijn op te aan voor met er maar om hij ook dan naar bij nog wordt deze door ze "
        "och att det som en på är av för med den till inte har de ett om var jag sig men så kan han hade vi från "
        "og af er til ikke der et kan du eller skal være blev være hun han "
        "ja on ei että se hän oli mutta kun niin ovat myös joka tai ole kuin jos sen mitä "
        # Polish, Czech, Slovak, Croatian, Hungarian
        "w i na z do nie że się o jest jak to po przez od za ale co dla tym był są może być tego jego "
        "a je že na se v s z do o ve k jako pro by ale jsem jsou byl podle si které který "
        "je su da u na se za što koji od kao bi ali iz ili biti nije sam "
        "az és hogy nem egy is ez volt csak meg már de vagy mint még el ha "
        # Russian, Ukrainian, Bulgarian, Serbian
        "и в не на я что он с как это по но они мы из у к за от то для его а так же до вы бы о при если или был была "
        "було які що та не є з на до як це за від про він вона "
        "на да се за от по със като но това са или беше още е ще "
        # Greek, Turkish, Indonesian, Vietnamese
        "και το να του η της με που την από για είναι ο οι τα στο θα δεν τον σε των μια στην ότι "
        "ve bir bu da de için ile olarak çok daha gibi olan kadar ama sonra ne o var değil "
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh "
        "và của là có được trong cho một không với các những đã này khi để người "
        # Arabic, Persian, Hebrew, Hindi, Bengali
        "في من على أن إلى التي عن مع هذا هذه كان ما لا الذي لم و أو بعد كما قد بين "
        "و در به از که این را با است برای آن یک تا بر هم شد بود خود ها "
        "של את על לא הוא זה עם כי גם או אני היא אבל הם כל יותר "
        "के में है की से को का और पर ने कि एक यह हैं भी नहीं जो इस था थे "
        "এবং এই করে না থেকে তার এক হয় জন্য যে ও করা"
    ).split()
)
