// In the head of the desks that govern: between the rules of dividing and the schemes of the codes.
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../state/layout.ts';

export function DeskSwitch({ at }: { at: 'rules' | 'schemes' }) {
  const { t } = useTranslation();
  const openDialog = useLayout((layout) => layout.openDialog);
  return (
    <Segmented
      value={at}
      options={[
        { value: 'rules' as const, label: t('profiles:title') },
        { value: 'schemes' as const, label: t('schemes:title') },
      ]}
      onChange={(desk) => openDialog(desk)}
    />
  );
}
